// The key of a typed word: the same as `search_key` in crawler/text/search_key.py, which made the keys of the articles.
"use strict";
window.Videsh = window.Videsh || {};

(() => {
  const same = new Map();
  const each = (signs, become) => [...signs].forEach((sign, index) => same.set(sign, become(index)));
  each("\u00ad\u093c\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufe0f\ufeff", () => "");
  each("\u00a0\u1680\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000\t", () => " ");
  each("०१२३४५६७८९", (index) => String(index));
  each("\u0958\u0959\u095a\u095b\u095c\u095d\u095e\u095f", (index) => "कखगजडढफय"[index]);
  each("\u0929\u0931\u0934\u0972", (index) => "नरळअ"[index]);
  each("‐‑–—", () => "-");
  each("‘’“”", (index) => "''\"\""[index]);
  each("ABCDEFGHIJKLMNOPQRSTUVWXYZ", (index) => "abcdefghijklmnopqrstuvwxyz"[index]);
  each("ँ", () => "ं");
  each("ऍ", () => "ए");

  const loose = new Map([..."\u094d -.'\""].map((sign) => [sign, ""]));
  const groups = ["ठथ", "टत", "डद", "ढध", "णन", "ळल", "षश", "इईीि", "उऊूु", "एऐैे", "ओऔौो", "आऑॉॅा"];
  for (const group of groups) {
    const signs = [...group];
    const become = signs.pop();
    signs.forEach((sign) => loose.set(sign, become));
  }
  loose.set("ऋ", "रि");
  loose.set("ृ", "रि");

  const HALF_NASAL = /[ङञणनम]\u094d(?=[क-घच-झट-ढत-धप-भशस])/g;
  const TYPED_O = /(?:अ?\u093e|आ)\u0945|अॉ/g;
  const WORD = /[\p{L}\p{N}_\u0300-\u036f\u0900-\u0963\u0971-\u0dff]+/gu;
  const LEGACY_ANUSVARA = /¨([क-ह])/g;
  const MATRA_FIRST = /(?<![\u0900-\u0963])ि([क-ह])/g;
  const DOUBLED = /([क-ह])\u094d\1/g;
  const GLIDE = /(?<=[िीइई])य(?=[ािीुूेैोौॉ])|(?<![\u094d ])य(?=[िीेै])/g;
  const REPEATED = /([क-ह])\1+/g;
  const CLOSING_GLIDE = /(?<=[\u093e-\u094c])य(?![\u093e-\u094c])/g;

  const replaced = (text, map) => Array.from(text, (sign) => (map.has(sign) ? map.get(sign) : sign)).join("");

  const fold = (text) =>
    replaced(text.normalize("NFC"), same)
      .replace(HALF_NASAL, "ं")
      .replace(TYPED_O, (typed) => (typed[0] === "\u093e" ? "ॉ" : "ऑ"));

  const loosen = (word) =>
    replaced(
      word.replace(LEGACY_ANUSVARA, "$1िं").replace(MATRA_FIRST, "$1ि").replace(DOUBLED, "$1").replace(GLIDE, ""),
      loose,
    );

  Videsh.key = (text) =>
    (fold(text).match(WORD) || [])
      .map((word) => loosen(word).replace(REPEATED, "$1").replace(CLOSING_GLIDE, "ि"))
      .filter(Boolean)
      .join(" ");
})();
