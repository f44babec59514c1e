// What the reader asks for, kept in the address behind #, so that a link and the back button bring it back.
"use strict";

(() => {
  const NAMES = ["q", "country", "agency", "outlet", "hour", "kind", "by", "place", "story", "sort"];

  const read = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    return Object.fromEntries(NAMES.map((name) => [name, given.get(name) || ""]));
  };

  const written = (state) => {
    const kept = new URLSearchParams(NAMES.filter((name) => state[name]).map((name) => [name, state[name]]));
    return kept.toString();
  };

  let typedAt = 0;

  Videsh.state = {
    read,
    written,
    isAsked: (state) => NAMES.some((name) => state[name]),
    // A step of its own in the browser's history; while somebody types, all letters within a second are one step.
    write: (state, { isTyped = false } = {}) => {
      const hash = `#${written(state)}`;
      if (hash === (location.hash || "#")) return;
      const now = Date.now();
      const continues = isTyped && now - typedAt < 1000;
      typedAt = isTyped ? now : 0;
      history[continues ? "replaceState" : "pushState"](null, "", hash);
    },
  };
})();
