import { make } from "../dom";

/**
 * Adds lines by search: `<lj-lines src="/directory/lookup" label="…">` around a textarea that holds one name a line.
 * What is chosen becomes a line, once; the textarea stays open for pasting many, and is all there is without script.
 */
export class LjLines extends HTMLElement {
  connectedCallback(): void {
    const text = this.querySelector("textarea");
    if (!text || this.dataset["ready"]) return;
    this.dataset["ready"] = "1";
    const told = this.getAttribute("label") ?? "";
    const input = make("input", { type: "text", class: "form-control", "aria-label": told, placeholder: told });
    const box = make("lj-combobox" as "div", { src: this.getAttribute("src") ?? "", free: "" });
    box.append(input);
    const add = (name: string): void => {
      const lines = text.value.split("\n").map((line) => line.trim()).filter(Boolean);
      if (!lines.includes(name)) lines.push(name);
      text.value = lines.join("\n");
      text.dispatchEvent(new Event("input", { bubbles: true }));
      const typed = box.querySelector<HTMLInputElement>("[role=combobox]");
      if (typed) typed.value = "";
    };
    this.addEventListener("change", (event) => {
      const keep = event.target as HTMLElement;
      const name = keep.dataset["shown"];
      if (!(keep instanceof HTMLInputElement) || !box.contains(keep) || !name) return;
      event.stopPropagation();
      keep.value = keep.dataset["shown"] = "";
      add(name);
    });
    // What was typed in full and not chosen is a line too: nobody is left out without a word.
    const typed = (): void => {
      const words = box.querySelector<HTMLInputElement>("[role=combobox]")?.value.trim();
      if (words) add(words);
    };
    box.addEventListener("focusout", typed);
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.defaultPrevented) return;
      event.preventDefault();
      typed();
    });
    this.prepend(box);
  }
}
