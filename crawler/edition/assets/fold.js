// The key of a typed word, by the tables and steps of crawler/text/search_key.py, which made the keys of the articles.
"use strict";
window.Videsh = window.Videsh || {};

(() => {
  const tables = Videsh.folding;
  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  const either = (texts) =>
    new RegExp(Object.keys(texts).sort((one, other) => other.length - one.length).map(escaped).join("|"), "gu");

  const ACCENTS = new RegExp(tables.accents, "gu");
  const SIGNS = either(tables.everywhere);
  const WORD = new RegExp(tables.word.replace("\\w", "\\p{L}\\p{N}_"), "gu");
  const HINDI = new RegExp(tables.hindi, "gu");
  const LETTER = new RegExp(tables.letter, "gu");
  const PATTERNS = tables.patterns.map(([pattern, same]) => [new RegExp(pattern, "gu"), same]);
  const NAMED = new RegExp(`^(?:${either(tables.names).source})`, "u");

  const words = (text) =>
    text.normalize("NFKD").toLowerCase().replace(ACCENTS, "").replace(SIGNS, (sign) => tables.everywhere[sign])
      .match(WORD) || [];

  const loosen = (word, least = 0) => {
    let key = PATTERNS.reduce((text, [pattern, same]) => text.replace(pattern, same), word);
    const letters = Math.max(least, (key.match(LETTER) || []).length);
    if (letters >= tables.long_from) key = Array.from(key, (sign) => tables.long[sign] ?? sign).join("");
    return letters >= tables.halants_from ? key.slice(0, 2) + key.slice(2).replaceAll("\u094d", "") : key;
  };

  const part = (word) => {
    const key = loosen(word);
    const name = NAMED.exec(key);
    return name ? tables.names[name[0]] + key.slice(name[0].length) : key;
  };

  // `search_key`: the words of a text, each as its key.
  Videsh.key = (text) => words(text).map((word) => word.replace(HINDI, part)).filter(Boolean).join(" ");

  // `prefix_keys`: the keys with which a word may begin that a person has begun to type.
  Videsh.prefixes = (text) => {
    const long = words(text).join(" ").replace(HINDI, (word) => loosen(word, tables.halants_from));
    const names = long.length < tables.named_from ? []
      : Object.entries(tables.names).filter(([spelling]) => spelling.startsWith(long)).map(([, name]) => name);
    return [...new Set([Videsh.key(text), long, ...names])];
  };

  // What is typed, as words of which each begins in one of several ways; a word without a letter counts for nothing.
  Videsh.typed = (text) =>
    words(text).map((word) => Videsh.prefixes(word).filter(Boolean)).filter((ways) => ways.length > 0);
})();
