// Bind the form and the address to the list of articles.
"use strict";

(() => {
  const day = Videsh.day;
  const words = Videsh.words;
  const form = document.getElementById("filters");
  const status = document.getElementById("status");
  const chips = document.getElementById("chips");
  const language = document.getElementById("other-language");
  const column = Videsh.language === "en" ? 2 : 1;
  const number = (value) => value.toLocaleString(Videsh.language === "en" ? "en" : "hi-IN-u-nu-latn");
  let state = Videsh.state.read();

  const chip = (text, name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "chip";
    button.textContent = `${text} ✕`;
    button.setAttribute("aria-label", `${text}: ${words.remove}`);
    button.addEventListener("click", () => {
      go({ ...state, [name]: "" });
      form.elements.q.focus();
    });
    return button;
  };

  const showChips = () => {
    chips.replaceChildren();
    const place = day.places.find(([id]) => id === state.place);
    if (state.place) chips.append(chip(words.only_place.replace("{name}", place ? place[column] : state.place), "place"));
    if (state.story) chips.append(chip(words.only_story, "story"));
  };

  const show = () => {
    for (const field of form.elements) {
      if (field.name && field.value !== state[field.name]) field.value = state[field.name];
    }
    const found = Videsh.find(state);
    const sentence = words.found.replace("{n}", number(found.length)).replace("{total}", number(day.headline.length));
    status.textContent = found.length || !day.headline.length ? sentence : words.found_none;
    form.elements.clear.hidden = !Videsh.state.isAsked(state);
    showChips();
    Videsh.show(found);
    const hash = Videsh.state.written(state);
    language.hash = hash ? `#${hash}` : "";
  };

  const go = (next, how) => {
    state = next;
    Videsh.state.write(state, how);
    show();
  };

  form.addEventListener("focusin", () => document.body.classList.add("searching"));
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", (event) => {
    event.preventDefault();
    go(Object.fromEntries(Object.keys(state).map((name) => [name, ""])));
    form.elements.q.focus();
  });
  // A letter is drawn at once; the search is a task of its own, behind it.
  let typed = 0;
  const searchSoon = () => {
    clearTimeout(typed);
    typed = setTimeout(() => go({ ...state, q: form.elements.q.value }, { isTyped: true }));
  };
  form.elements.q.addEventListener("input", (event) => {
    if (!event.isComposing) searchSoon();
  });
  form.elements.q.addEventListener("compositionend", searchSoon);
  form.addEventListener("change", (event) => {
    if (event.target !== form.elements.q) go({ ...state, [event.target.name]: event.target.value });
  });
  window.addEventListener("popstate", () => {
    const kept = Videsh.state.read(state);
    if (kept === state) return; // a step to a part of the page
    state = kept;
    show();
  });

  // A link with a condition, as in a map, a table or a row, adds it to those that hold, and shows the list.
  document.addEventListener("click", (event) => {
    const link = event.target.closest ? event.target.closest("a") : null;
    const hash = link && link.getAttribute("href");
    if (!hash || !/^#\w+=/.test(hash) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    go({ ...state, ...Object.fromEntries(new URLSearchParams(hash.slice(1))) });
    const heading = document.getElementById("articles");
    heading.scrollIntoView({ block: "start" });
    status.focus({ preventScroll: true });
  });

  show();
})();
