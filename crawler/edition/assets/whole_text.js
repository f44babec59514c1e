// The whole text of an article, which a newsroom's own edition loads when somebody opens it.
"use strict";

(() => {
  const day = Videsh.day;
  const words = Videsh.words;
  const loaded = new Map();

  const load = (part) => {
    if (!loaded.has(part)) {
      loaded.set(part, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = day.texts[part];
        script.addEventListener("load", () => resolve(Videsh[`texts${part}`]));
        script.addEventListener("error", () => {
          loaded.delete(part); // so that it is asked for again
          script.remove();
          reject(new Error(`${day.texts[part]} is not loaded`));
        });
        document.head.append(script);
      }));
    }
    return loaded.get(part);
  };

  const marked = ([mark, text]) => {
    if (!mark) return text;
    const made = document.createElement("mark");
    made.className = mark;
    made.title = words[`mark_${mark}`];
    made.textContent = text;
    return made;
  };

  const paragraph = ([kind, segments]) => {
    const made = document.createElement(kind === "subhead" ? "h4" : kind === "quote" ? "blockquote" : "p");
    if (kind === "list_item") made.className = "item";
    made.append(...segments.map(marked));
    return made;
  };

  const missing = () => {
    const made = document.createElement("p");
    made.className = "note";
    made.lang = Videsh.language;
    made.textContent = words.not_loaded;
    return made;
  };

  Videsh.whole = (number) => {
    if (day.texts.length === 0) return null;
    const details = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = words.full_text;
    const text = document.createElement("div");
    text.className = "text";
    text.lang = "hi";
    details.append(summary, text);
    let isThere = false;
    details.addEventListener("toggle", () => {
      if (!details.open || isThere) return;
      const part = Math.floor(number / day.texts_in_script);
      load(part)
        .then((texts) => {
          text.replaceChildren(...texts[number % day.texts_in_script].map(paragraph));
          isThere = true;
        })
        .catch(() => text.replaceChildren(missing()));
    });
    return details;
  };
})();
