// The report beside the conversation, and the buttons below an answer.
// Everything works by delegation: the page's HTML is replaced while an answer is streamed.
(() => {
  "use strict";
  let pane = null;      // the report beside (or, on a phone, over) the conversation
  let opener = null;    // what was tapped, to go back to
  let places = [];      // the citations that previous and next walk through
  let position = 0;

  const english = () => document.documentElement.lang.startsWith("en");
  const words = {
    label: ["报告原文", "The report's text"], close: ["关闭", "Close"],
    previous: ["上一处引文", "Previous citation"], next: ["下一处引文", "Next citation"],
    link: ["复制链接", "Copy link"], copied: ["已复制", "Copied"], loading: ["正在打开……", "Opening …"], failed: ["没有成功，请再试一次。", "That did not work. Please try again."],
  };
  const say = (key) => words[key][english() ? 1 : 0];
  const element = (name, properties = {}) => Object.assign(document.createElement(name), properties);

  function panel() {
    if (pane) return pane;
    pane = element("div", { id: "wz-pane", hidden: true });
    pane.setAttribute("role", "dialog");
    const bar = element("div", { className: "wz-pane-bar" });
    const button = (key, sign, act) => {
      const made = element("button", { type: "button", textContent: sign, onclick: act });
      made.dataset.key = key;
      return made;
    };
    bar.append(
      element("span"), button("previous", "‹", () => step(-1)), element("span", { className: "wz-pane-count" }),
      button("next", "›", () => step(1)), button("link", "", share), button("close", "✕", close),
    );
    pane.append(bar, element("div", { className: "wz-pane-content" }));
    pane.querySelector(".wz-pane-content").tabIndex = 0;
    document.body.append(pane);
    return pane;
  }

  const key = (one) => [one.dataset.report, one.dataset.start, one.dataset.end].join(" ");

  function open(tapped) {
    opener = tapped;
    const group = tapped.closest(".wz-turn, .wz-check, .wz-figures") || document;
    const seen = new Map();
    group.querySelectorAll("[data-cite]").forEach((one) => seen.has(key(one)) || seen.set(key(one), { ...one.dataset }));
    places = [...seen.values()];
    position = [...seen.keys()].indexOf(key(tapped));
    show(true);
  }

  function step(by) {
    if (places.length) { position = (position + by + places.length) % places.length; show(false); }
  }

  // A link to the place that is open, with the question that led to it.
  async function share() {
    const { report, start, end } = places[position];
    const actions = opener?.closest(".wz-turn")?.querySelector(".wz-actions");
    const query = new URLSearchParams({ ...(actions && asking(actions)), open: [report, start, end].join(":") });
    await copy(`${location.origin}${location.pathname}?${query}`);
    pane.querySelector("[data-key=link]").textContent = say("copied");
  }

  const asking = (actions) => ({ q: actions.dataset.question, ...(actions.dataset.reports && { report: actions.dataset.reports }) });

  async function show(focus) {
    const aside = panel();
    const place = places[position];
    aside.setAttribute("aria-label", say("label"));
    aside.querySelector(".wz-pane-bar span").textContent = say("label");
    aside.querySelectorAll("[data-key]").forEach((one) => {
      one.setAttribute("aria-label", say(one.dataset.key));
      one.title = say(one.dataset.key);
      one.disabled = ["previous", "next"].includes(one.dataset.key) && places.length < 2;
    });
    aside.querySelector("[data-key=link]").textContent = say("link");
    aside.querySelector(".wz-pane-count").textContent = places.length > 1 ? `${position + 1} / ${places.length}` : "";
    const content = aside.querySelector(".wz-pane-content");
    content.textContent = say("loading");
    aside.hidden = false;
    document.body.classList.add("wz-pane-open");
    document.querySelectorAll(".wz-current").forEach((one) => one.classList.remove("wz-current"));
    document.querySelectorAll("[data-cite]").forEach((one) =>
      one.classList.toggle("wz-current", key(one) === [place.report, place.start, place.end].join(" ")));
    if (focus) aside.querySelector("[data-key=close]").focus({ preventScroll: true });
    const query = new URLSearchParams({ report: place.report, start: place.start, end: place.end, lang: english() ? "en" : "zh" });
    try {
      const answer = await fetch(`page/source?${query}`);
      if (!answer.ok) throw new Error(answer.status);
      content.innerHTML = await answer.text();
      content.querySelector("mark")?.scrollIntoView({ block: "center" });
    } catch {
      content.textContent = say("failed");
    }
  }

  function close() {
    if (!pane || pane.hidden) return;
    pane.hidden = true;
    document.body.classList.remove("wz-pane-open");
    document.querySelectorAll(".wz-current").forEach((one) => one.classList.remove("wz-current"));
    if (opener?.isConnected) opener.focus({ preventScroll: true });
  }

  async function copy(text) {
    // The clipboard interface exists on https and localhost only.
    if (navigator.clipboard) return navigator.clipboard.writeText(text);
    const area = element("textarea", { value: text });
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }

  const tell = (actions, text) => { actions.querySelector(".wz-told").textContent = text; };

  async function judge(actions, thumb, reason = "", said = "") {
    const body = JSON.stringify({ thumb, reason, words: said, answer: JSON.parse(actions.dataset.answer) });
    const sent = await fetch("page/feedback", { method: "POST", body, headers: { "content-type": "application/json" } })
      .catch(() => ({ ok: false }));
    tell(actions, sent.ok ? actions.dataset.thanks : actions.dataset.failed);
    if (sent.ok) actions.querySelectorAll("[aria-pressed]").forEach((one) => one.setAttribute("aria-pressed", one.dataset.do === thumb));
  }

  async function take(exporting, kind) {
    const body = JSON.stringify({ statement: exporting.dataset.statement, reports: JSON.parse(exporting.dataset.reports), kind, lang: english() ? "en" : "zh" });
    const sent = await fetch("page/export", { method: "POST", body, headers: { "content-type": "application/json" } })
      .catch(() => ({ ok: false }));
    exporting.querySelector("[role=status]").textContent = sent.ok ? "" : exporting.dataset.failed;
    if (!sent.ok) return;
    const link = element("a", { href: URL.createObjectURL(await sent.blob()), download: `wenzheng.${kind}` });
    link.click();
    URL.revokeObjectURL(link.href);
  }

  async function act(button) {
    const actions = button.closest(".wz-actions");
    const doing = button.dataset.do;
    if (doing === "copy") { await copy(actions.dataset.copy); tell(actions, actions.dataset.copied); }
    if (doing === "link") {
      await copy(`${location.origin}${location.pathname}?${new URLSearchParams(asking(actions))}`);
      tell(actions, actions.dataset.copied);
    }
    if (doing === "good") await judge(actions, "good");
    if (doing === "bad") {
      const form = actions.querySelector("form");
      form.hidden = !form.hidden;
      button.setAttribute("aria-expanded", String(!form.hidden));
    }
    if (doing === "export") await take(button.closest(".wz-export"), button.dataset.as);
    if (doing === "jump") {
      const target = document.getElementById(button.dataset.to);
      target?.scrollIntoView({ block: "start" });
      target?.focus({ preventScroll: true });
    }
    if (doing === "next-mark") {
      const marks = [...button.closest(".wz-full").querySelectorAll("mark")];
      const now = marks.findIndex((one) => one.classList.contains("wz-now"));
      const next = marks[(now + Number(button.dataset.by) + marks.length) % marks.length];
      marks.forEach((one) => one.classList.toggle("wz-now", one === next));
      next?.scrollIntoView({ block: "center" });
    }
    if (doing === "copy-quote") { await copy(button.dataset.copy); button.textContent = button.dataset.copied; }
  }

  document.addEventListener("click", (event) => {
    const cite = event.target.closest?.("[data-cite]");
    if (cite) { event.preventDefault(); open(cite); return; }
    const button = event.target.closest?.("[data-do]");
    if (button) { if (button.tagName === "A") event.preventDefault(); act(button); }
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target.closest(".wz-reasons");
    if (!form) return;
    event.preventDefault();
    const chosen = new FormData(form);
    await judge(form.closest(".wz-actions"), "bad", chosen.get("reason") || "", chosen.get("words") || "");
    form.hidden = true;
  });
  document.addEventListener("keydown", (event) => {
    if (!pane || pane.hidden) return;
    if (event.key === "Escape") close();
    if (!pane.contains(document.activeElement)) return;
    if (event.key === "ArrowLeft") step(-1);
    if (event.key === "ArrowRight") step(1);
  });

  // A new question is brought to the top of the view, once; a link's place is opened once its answer is there.
  const arrived = new URLSearchParams(location.search);
  let asked = "";
  let wanted = arrived.get("cite");
  let place = (arrived.get("open") || "").match(/^(.+):(\d+):(\d+)$/);
  function lead() {
    const live = document.querySelector("#wz-live .wz-turn");
    const text = live?.querySelector(".wz-asked")?.textContent || "";
    if (text !== asked) { asked = text; live?.scrollIntoView({ block: "start", behavior: "smooth" }); }
    const chip = wanted && live?.querySelector(`.wz-answer .wz-chip[data-marker="${CSS.escape(wanted)}"]`);
    if (chip) { wanted = null; open(chip); }
    if (place && (arrived.get("q") ? live?.matches(".done, .failed, .stopped") : document.querySelector("#wz-composer"))) {
      const [, report, start, end] = place;
      place = null;
      const here = live?.querySelector(`[data-cite][data-report="${CSS.escape(report)}"][data-start="${start}"][data-end="${end}"]`);
      if (here) open(here);
      else { places = [{ report, start, end }]; position = 0; show(true); }
    }
  }
  new MutationObserver(lead).observe(document.documentElement, { childList: true, subtree: true });
})();
