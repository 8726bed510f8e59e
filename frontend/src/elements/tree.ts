import { make } from "../dom";
import { say } from "../words";

/**
 * Turns a nested list (`<ul><li>name<ul>…`) into a tree that folds, by mouse and by the keys of the ARIA tree pattern.
 * An `li` with `data-src` fetches its children (an HTML `<ul>`) when it is first opened.
 */
export class LjTree extends HTMLElement {
  connectedCallback(): void {
    const top = this.querySelector("ul");
    if (!top || this.dataset["ready"]) return;
    this.dataset["ready"] = "1";
    top.setAttribute("role", "tree");
    top.setAttribute("aria-label", this.getAttribute("label") ?? "");
    this.adorn(top, Number(this.getAttribute("open") ?? "1"));
    this.focusOn(this.querySelector('li[role="treeitem"]'), false);
    this.addEventListener("keydown", (event) => this.press(event));
    this.addEventListener("click", (event) => {
      const toggle = (event.target as Element).closest(".lj-fold");
      if (toggle) this.toggle(toggle.closest("li"));
    });
  }

  private adorn(list: Element, depth: number): void {
    for (const item of list.children) {
      if (!(item instanceof HTMLLIElement)) continue;
      const branch = item.querySelector(":scope > ul");
      item.setAttribute("role", "treeitem");
      item.tabIndex = -1;
      item.querySelectorAll<HTMLElement>(":scope > :not(ul) a, :scope > a").forEach((link) => (link.tabIndex = -1));
      if (branch || item.dataset["src"]) {
        const sign = make("span", { class: "lj-fold", "aria-hidden": "true", title: say("expand") });
        item.prepend(sign);
        item.setAttribute("aria-expanded", String(Boolean(branch) && depth > 0));
      }
      if (branch) {
        branch.setAttribute("role", "group");
        this.adorn(branch, depth - 1);
      }
    }
  }

  private items(): HTMLElement[] {
    return [...this.querySelectorAll<HTMLElement>('li[role="treeitem"]')].filter(
      (item) => !item.parentElement?.closest('li[aria-expanded="false"]'),
    );
  }

  private focusOn(item: Element | null | undefined, move = true): void {
    if (!(item instanceof HTMLElement)) return;
    this.querySelectorAll<HTMLElement>('li[tabindex="0"]').forEach((old) => (old.tabIndex = -1));
    item.tabIndex = 0;
    if (move) item.focus();
  }

  private toggle(item: Element | null, open?: boolean): void {
    const state = item?.getAttribute("aria-expanded");
    if (!(item instanceof HTMLLIElement) || state === null || state === undefined) return;
    const next = open ?? state === "false";
    item.setAttribute("aria-expanded", String(next));
    if (next && item.dataset["src"] && !item.querySelector(":scope > ul")) void this.fetchInto(item);
  }

  private async fetchInto(item: HTMLLIElement): Promise<void> {
    const source = item.dataset["src"] ?? "";
    item.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(source, { headers: { "HX-Request": "true" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const branch = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("ul");
      if (branch) {
        branch.setAttribute("role", "group");
        item.append(branch);
        this.adorn(branch, 0);
      }
    } catch {
      item.setAttribute("aria-expanded", "false");
    }
    item.removeAttribute("aria-busy");
  }

  private press(event: KeyboardEvent): void {
    const item = (event.target as Element).closest<HTMLElement>('li[role="treeitem"]');
    if (!item) return;
    const all = this.items();
    const at = all.indexOf(item);
    const open = item.getAttribute("aria-expanded");
    const moves: Record<string, () => void> = {
      ArrowDown: () => this.focusOn(all[at + 1]),
      ArrowUp: () => this.focusOn(all[at - 1]),
      Home: () => this.focusOn(all[0]),
      End: () => this.focusOn(all[all.length - 1]),
      ArrowRight: () => (open === "false" ? this.toggle(item, true) : this.focusOn(item.querySelector("ul > li"))),
      ArrowLeft: () => (open === "true" ? this.toggle(item, false) : this.focusOn(item.parentElement?.closest("li"))),
      Enter: () => (item.querySelector<HTMLElement>(":scope > a, :scope > :not(ul) a") ?? item).click(),
      " ": () => this.toggle(item),
    };
    const move = moves[event.key];
    if (!move || (event.target as Element).matches("a") && event.key === "Enter") return;
    event.preventDefault();
    move();
  }
}
