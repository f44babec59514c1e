// The list of articles: a few rows at once, so that no letter that is typed waits for it.
"use strict";

(() => {
  const FIRST = 5;
  const CHUNK = 5;
  const SCREENFUL = 60;
  const day = Videsh.day;
  const words = Videsh.words;
  const column = Videsh.language === "en" ? 2 : 1;

  const element = (tag, attributes, ...inside) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...inside.filter((each) => each !== null));
    return made;
  };
  const label = (kind, row) =>
    element("span", { class: kind, ...(column === 1 ? { lang: "hi" } : {}) }, row[column]);

  const headline = (number) => {
    const url = day.url[number];
    const text = element("bdi", {}, day.headline[number]);
    if (!/^https?:\/\//i.test(url)) return text;
    return element("a", { href: url, rel: "noopener noreferrer" }, text);
  };

  const same = (number) => {
    const count = Videsh.printed(number);
    if (count < 2) return null;
    const story = day.stories[day.story[number]];
    const text = words.same_event.replace("{n}", count);
    return element("a", { class: "same", href: `#${new URLSearchParams([["story", story]])}` }, text);
  };

  const row = (number) => {
    const meta = element("p", { class: "meta" });
    const parts = [
      day.time[number] ? element("time", {}, day.time[number]) : element("span", { class: "untimed" }, words.no_time),
      label("outlet", day.outlets[day.outlet[number]]),
      ...day.place[number].map((index) => label("place", day.places[index])),
      ...day.agency[number].map((index) => label("agency", day.agencies[index])),
      day.kinds[day.kind[number]] === "report" ? null : element("span", { class: "kind" }, words[day.kinds[day.kind[number]]]),
      same(number),
    ];
    meta.append(...parts.filter((part) => part !== null));
    return element(
      "li",
      { class: "row" },
      element("h3", { lang: "hi", dir: "auto" }, headline(number)),
      meta,
      day.lead[number] ? element("p", { class: "lead", lang: "hi", dir: "auto" }, day.lead[number]) : null,
      Videsh.whole(number),
    );
  };

  const list = document.getElementById("rows");
  const more = document.getElementById("more");
  let found = [];
  let shown = 0;
  let until = 0;
  let waiting = 0;

  const add = (count) => {
    const next = found.slice(shown, Math.min(shown + count, until));
    list.append(...next.map(row));
    shown += next.length;
  };

  const later = () => {
    clearTimeout(waiting);
    if (shown < Math.min(until, found.length)) {
      waiting = setTimeout(() => {
        add(CHUNK);
        later();
      }, 30);
    }
    more.hidden = until >= found.length;
  };

  more.addEventListener("click", () => {
    const first = shown;
    until += SCREENFUL;
    add(FIRST);
    later();
    const link = list.children[first]?.querySelector("a");
    if (link) link.focus({ preventScroll: true });
  });

  Videsh.show = (numbers) => {
    clearTimeout(waiting);
    found = numbers;
    shown = 0;
    until = SCREENFUL;
    list.replaceChildren();
    add(FIRST);
    later();
  };
})();
