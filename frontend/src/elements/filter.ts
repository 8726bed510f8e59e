/** Sends the filter form by itself when a choice changes, without the empty fields, so that addresses stay short. */
export class LjFilter extends HTMLElement {
  connectedCallback(): void {
    const form = this.querySelector("form");
    if (!form) return;
    this.classList.add("is-automatic");
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
}
