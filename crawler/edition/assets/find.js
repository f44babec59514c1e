// Which articles of the day answer what the reader asks for, and in which order.
"use strict";

(() => {
  const day = Videsh.day;

  const order = (names) => names.map(([id]) => id);
  const ids = {
    outlet: order(day.outlets),
    agency: order(day.agencies),
    country: order(day.countries),
    place: order(day.places),
    kind: day.kinds,
    story: day.stories,
  };

  const sizes = new Map();
  day.story.forEach((story) => sizes.set(story, (sizes.get(story) || 0) + 1));
  const printed = (number) => sizes.get(day.story[number]);

  // Mark the articles that have a word which begins in one of these ways; a word's articles are steps from each to the next.
  const having = (ways) => {
    const marked = new Uint8Array(day.headline.length);
    day.words.forEach((word, index) => {
      if (!ways.some((way) => word.startsWith(way))) return;
      const steps = day.found[index]; // read sign by sign: ten times as fast as to split it
      let number = 0;
      let step = 0;
      for (let at = 0; at <= steps.length; at += 1) {
        const digit = steps.charCodeAt(at) - 48;
        if (digit >= 0) {
          step = step * 10 + digit;
        } else {
          number += step;
          step = 0;
          marked[number] = 1;
        }
      }
    });
    return marked;
  };

  const conditions = (state) => {
    const found = [];
    const index = (name) => (state[name] ? ids[name].indexOf(state[name]) : -2);
    const one = (name, column) => {
      const wanted = index(name);
      if (wanted !== -2) found.push((number) => column[number] === wanted && wanted !== -1);
    };
    const some = (name, column) => {
      const wanted = index(name);
      if (wanted !== -2) found.push((number) => column[number].includes(wanted));
    };
    one("outlet", day.outlet);
    one("kind", day.kind);
    one("story", day.story);
    some("agency", day.agency);
    some("country", day.country);
    some("place", day.place);
    if (state.hour) found.push((number) => String(day.hour[number]) === state.hour);
    if (state.by) found.push((number) => day.wire[number] === (state.by === "wire" ? 1 : 0));
    for (const ways of Videsh.typed(state.q)) {
      const marked = having(ways);
      found.push((number) => marked[number] === 1);
    }
    return found;
  };

  const names = Videsh.language === "en" ? day.outlets.map((row) => row[2]) : day.outlets.map((row) => row[1]);
  const place = new Map(
    names.map((name, index) => [name, index]).sort((one, other) => one[0].localeCompare(other[0], Videsh.language))
      .map(([, index], rank) => [index, rank]),
  );
  const orders = new Map(Object.entries({
    old: (one, other) => (day.hour[one] < 0) - (day.hour[other] < 0) || other - one,
    outlet: (one, other) => place.get(day.outlet[one]) - place.get(day.outlet[other]) || one - other,
    printed: (one, other) =>
      printed(other) - printed(one) || day.story[one] - day.story[other] || one - other,
  }));

  Videsh.printed = printed;
  Videsh.find = (state) => {
    const asked = conditions(state);
    const found = [];
    for (let number = 0; number < day.headline.length; number += 1) {
      if (asked.every((holds) => holds(number))) found.push(number);
    }
    return orders.has(state.sort) ? found.sort(orders.get(state.sort)) : found; // the data has the newest first
  };
})();
