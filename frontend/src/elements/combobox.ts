import { make } from "../dom";
import { say } from "../words";

interface Choice {
  key: string;
  label: string;
  note?: string;
}

let count = 0;

/**
 * Search as you type: `<lj-combobox src="/organizations/choices">` around a select or a text input.
 * The endpoint gets `?q=` and answers `[{key, label, note}]`. Without script the field inside works as it is.
 */
export class LjCombobox extends HTMLElement {
  private readonly list = make("ul", { class: "lj-choices", role: "listbox", hidden: "" });
  private input!: HTMLInputElement;
  private keep!: HTMLInputElement;
  private choices: Choice[] = [];
  private at = -1;
  private timer = 0;
  private asked = 0;

  connectedCallback(): void {
    const field = this.querySelector<HTMLSelectElement | HTMLInputElement>("select, input:not([type=hidden])");
    if (!field || this.dataset["ready"]) return;
    this.dataset["ready"] = "1";
    this.list.id = `lj-choices-${++count}`;
    this.keep = make("input", { type: "hidden", name: field.name, "data-draft": "" });
    this.keep.value = field.value;
    const chosen = field instanceof HTMLSelectElement ? field.selectedOptions[0] : undefined;
    const shown = chosen ? (chosen.value ? chosen.text : "") : this.getAttribute("label") ?? field.value;
    this.input = make("input", {
      type: "text", class: "form-control", id: field.id, autocomplete: "off", role: "combobox",
      "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": this.list.id,
    });
    for (const name of ["aria-describedby", "aria-invalid", "placeholder", "required", "aria-label"]) {
      const value = field.getAttribute(name);
      if (value !== null) this.input.setAttribute(name, value);
    }
    this.input.classList.toggle("is-invalid", field.classList.contains("is-invalid"));
    this.input.value = shown;
    this.keep.dataset["shown"] = shown;
    this.keep.addEventListener("lj:restore", () => (this.input.value = this.keep.dataset["shown"] ?? ""));
    if (field instanceof HTMLSelectElement && !this.getAttribute("src")) {
      this.local = [...field.options].filter((o) => o.value).map((o) => ({ key: o.value, label: o.text }));
    }
    field.replaceWith(this.input, this.keep, this.list);
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("focus", () => this.typed(0));
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const row = (event.target as Element).closest("li");
      if (row) this.choose([...this.list.children].indexOf(row));
    });
  }

  private local: Choice[] | undefined;

  private typed(wait = 200): void {
    if (this.input.value.trim() === "") this.keep.value = "";
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.search(), wait);
  }

  private async search(): Promise<void> {
    const text = this.input.value.trim();
    const turn = ++this.asked;
    if (this.local) {
      const low = text.toLowerCase();
      this.show(this.local.filter((choice) => choice.label.toLowerCase().includes(low)).slice(0, 20));
      return;
    }
    try {
      const address = new URL(this.getAttribute("src") ?? "", location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = (await answer.json()) as Choice[];
      if (turn === this.asked && document.activeElement === this.input) this.show(found);
    } catch {
      this.close();
    }
  }

  private show(found: Choice[]): void {
    this.choices = found;
    this.at = -1;
    const rows = found.map((choice, index) =>
      make("li", { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false" },
        make("span", {}, choice.label), ...(choice.note ? [make("small", {}, choice.note)] : [])));
    this.list.replaceChildren(...(rows.length ? rows : [make("li", { class: "is-empty", role: "option", "aria-disabled": "true" }, say("nothing"))]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    // Words that name nothing must not be taken for a choice.
    if (this.input.value && !this.keep.value && !this.hasAttribute("free")) this.input.setCustomValidity(say("nothing"));
    else this.input.setCustomValidity("");
    if (this.hasAttribute("free") && !this.keep.value) this.keep.value = this.input.value;
  }

  private choose(index: number): void {
    const choice = this.choices[index];
    if (!choice) return;
    this.keep.value = choice.key;
    this.input.value = choice.label;
    this.keep.dataset["shown"] = choice.label;
    this.close();
    this.keep.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private press(event: KeyboardEvent): void {
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && !this.list.hidden && this.at >= 0) {
      event.preventDefault();
      this.choose(this.at);
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (this.list.hidden) return this.typed(0);
      const last = this.choices.length - 1;
      this.at = event.key === "ArrowDown" ? Math.min(this.at + 1, last) : Math.max(this.at - 1, 0);
      [...this.list.children].forEach((row, index) => row.setAttribute("aria-selected", String(index === this.at)));
      const row = this.list.children[this.at];
      row?.scrollIntoView({ block: "nearest" });
      if (row) this.input.setAttribute("aria-activedescendant", row.id);
    } else if (event.key.length === 1 || event.key === "Backspace") this.keep.value = "";
  }
}
