// What the reader asks for, kept in the address behind #, so that a link brings it back, and with each step of the
// browser's history, so that the back button does: the address of a part of the page (#map) says nothing of it.
"use strict";

(() => {
  const NAMES = ["q", "country", "agency", "outlet", "hour", "kind", "by", "place", "story", "sort"];

  const ofAddress = () => {
    const given = new URLSearchParams(location.hash.slice(1));
    return Object.fromEntries(NAMES.map((name) => [name, given.get(name) || ""]));
  };

  // What holds at this step; a new step to a part of the page keeps what held before it.
  const read = (before) => {
    const isPart = /^#[\w-]+$/.test(location.hash);
    const kept = history.state || (isPart && before) || ofAddress();
    history.replaceState(kept, "");
    return kept;
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
      history[continues ? "replaceState" : "pushState"](state, "", hash);
    },
  };
})();
