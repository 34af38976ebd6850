
"use strict";
(() => {
  const root = document.documentElement;
  const box = document.querySelector(".search");
  const input = box.querySelector("input");
  const list = document.getElementById("found");
  const theme = document.querySelector(".theme");

  // --- Light and dark

  const kept = (() => {
    try {
      return localStorage;
    } catch {
      return undefined; // a page from a file, or in a frame, may have none
    }
  })();
  const chosen = kept?.getItem("samewire-theme");
  if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  theme.hidden = false;
  theme.addEventListener("click", () => {
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    kept?.setItem("samewire-theme", root.dataset.theme);
  });

  // --- Search: names of types, fields and routes, read off the page when they are first asked for

  let entries;
  function all() {
    entries ??= Array.from(document.querySelectorAll("[data-find]"), (element) => {
      const owner = element.parentElement.closest("[data-find]");
      const name = element.dataset.find;
      return {
        id: element.id,
        name,
        inside: owner ? owner.dataset.find : "",
        words: `${name} ${element.dataset.also ?? ""}`.toLowerCase(),
        text: (element.querySelector("p:not(.head):not(.facts):not(.notes)")?.textContent ?? "").toLowerCase(),
      };
    });
    return entries;
  }

  function rank(entry, wanted) {
    const at = entry.words.indexOf(wanted);
    if (at < 0) return entry.text.includes(wanted) ? 5 : 9;
    const field = entry.inside ? 0.5 : 0;
    if (entry.name.toLowerCase() === wanted) return field;
    return (at === 0 ? 1 : /[^a-z0-9]/.test(entry.words[at - 1]) ? 2 : 3) + field;
  }

  function matches(query) {
    const [type, field] = query.split(".");
    return all()
      .map((entry) => ({
        entry,
        rank:
          field === undefined
            ? rank(entry, query)
            : entry.inside.toLowerCase().endsWith(type)
              ? rank(entry, field)
              : 9,
      }))
      .filter((each) => each.rank < 9)
      .sort((a, b) => a.rank - b.rank || a.entry.name.length - b.entry.name.length)
      .slice(0, 40)
      .map((each) => each.entry);
  }

  let selected = 0;
  let found = [];

  function show() {
    const query = input.value.trim().toLowerCase();
    found = query === "" ? [] : matches(query);
    list.replaceChildren(
      ...found.map((entry, at) => {
        const item = document.createElement("li");
        item.id = `found-${at}`;
        item.setAttribute("role", "option");
        item.append(entry.name);
        if (entry.inside) {
          const small = document.createElement("small");
          small.textContent = ` in ${entry.inside}`;
          item.append(small);
        }
        item.addEventListener("mousedown", (event) => event.preventDefault());
        item.addEventListener("click", () => go(at));
        return item;
      }),
    );
    if (query !== "" && found.length === 0) {
      const none = document.createElement("li");
      none.className = "none";
      none.textContent = "Nothing is called like that.";
      list.append(none);
    }
    list.hidden = query === "";
    input.setAttribute("aria-expanded", String(!list.hidden));
    select(0);
  }

  function select(at) {
    list.children[selected]?.removeAttribute("aria-selected");
    selected = at;
    const item = found.length ? list.children[at] : undefined;
    if (item) {
      item.setAttribute("aria-selected", "true");
      item.scrollIntoView({ block: "nearest" });
      input.setAttribute("aria-activedescendant", item.id);
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }

  function go(at) {
    const entry = found[at];
    if (!entry) return;
    close();
    input.value = "";
    input.blur();
    const target = document.getElementById(entry.id);
    location.hash = `#${entry.id}`;
    target.tabIndex = -1;
    target.focus({ preventScroll: true });
  }

  box.hidden = false;
  input.addEventListener("input", show);
  input.addEventListener("focus", () => input.value && show());
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (found.length) select((selected + (event.key === "ArrowDown" ? 1 : -1) + found.length) % found.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(selected);
    } else if (event.key === "Escape") {
      input.value = "";
      show();
      input.blur();
    }
  });
  document.addEventListener("keydown", (event) => {
    const typing = /^(?:INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName);
    const asked = event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (asked || (event.key === "k" && (event.ctrlKey || event.metaKey))) {
      event.preventDefault();
      input.focus();
      input.select();
    }
  });

  // --- Copying

  if (navigator.clipboard) {
    for (const figure of document.querySelectorAll("figure")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = "Copy";
      button.setAttribute("aria-label", `Copy: ${figure.querySelector("figcaption").textContent}`);
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(figure.querySelector("code").textContent);
        button.textContent = "Copied";
        setTimeout(() => {
          button.textContent = "Copy";
        }, 1500);
      });
      figure.append(button);
    }
  }

  // --- Where the reader is

  const links = new Map(Array.from(document.querySelectorAll("nav a"), (link) => [link.getAttribute("href"), link]));
  let current;
  const seen = new IntersectionObserver(
    (sections) => {
      for (const { isIntersecting, target } of sections) {
        const link = links.get(`#${target.id}`);
        if (!isIntersecting || !link || link === current) continue;
        current?.removeAttribute("aria-current");
        current = link;
        link.setAttribute("aria-current", "true");
        const nav = link.closest("nav");
        const { top, bottom } = link.getBoundingClientRect();
        const frame = nav.getBoundingClientRect();
        if (top < frame.top || bottom > frame.bottom) nav.scrollTop += top - frame.top - frame.height / 3;
      }
    },
    { rootMargin: "-20% 0px -75% 0px" },
  );
  for (const section of document.querySelectorAll("section[id]")) seen.observe(section);
})();
