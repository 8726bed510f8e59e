/** Folds the filters on a phone and sends the filter form by itself when a choice changes, without the empty fields, so that addresses stay short. */
export class LjFilter extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    this.classList.add("is-automatic");
    this.fold(form);
    form.addEventListener("change", (event) => {
      const field = event.target as HTMLInputElement | HTMLSelectElement;
      if (field.matches("select, input[type=checkbox], input[type=radio], input[type=date]")) form.requestSubmit();
    });
    form.addEventListener("submit", () => {
      const empty = [...form.elements].filter(
        (field): field is HTMLInputElement => "name" in field && "value" in field && (field as HTMLInputElement).value === "",
      );
      empty.forEach((field) => (field.disabled = true));
      // Coming back by the back button must find the fields usable.
      setTimeout(() => empty.forEach((field) => (field.disabled = false)));
    });
  }

  /** On a phone the filters would fill the first screen: they wait behind their button, which only the phone shows. */
  private fold(form: HTMLFormElement): void {
    const button = form.querySelector<HTMLButtonElement>(".lj-fold");
    if (!button) return;
    this.classList.add("is-folded");
    button.addEventListener("click", () => {
      const open = this.classList.toggle("is-open");
      button.setAttribute("aria-expanded", String(open));
    });
  }
}
