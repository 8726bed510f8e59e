/**
 * Asks `src` until the work is done. The answer is `{done, total, text, finished, url}`; `url` is opened at the end.
 * Without script the page shows a link to look again.
 */
interface Answer {
  done: number;
  total: number;
  text?: string;
  finished?: boolean;
  url?: string;
}

export class LjProgress extends HTMLElement {
  private timer = 0;
  private wait = 1000;

  connectedCallback(): void {
    if (this.getAttribute("src")) this.again();
  }

  disconnectedCallback(): void {
    clearTimeout(this.timer);
  }

  private again(): void {
    this.timer = window.setTimeout(() => void this.ask(), this.wait);
    this.wait = Math.min(this.wait * 1.4, 8000);
  }

  private async ask(): Promise<void> {
    try {
      const answer = await fetch(this.getAttribute("src") ?? "", { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const at = (await answer.json()) as Answer;
      const bar = this.querySelector("progress");
      if (bar) {
        bar.max = Math.max(1, at.total);
        bar.value = at.done;
      }
      const text = this.querySelector("[data-text]");
      if (text) text.textContent = at.text ?? `${at.done} / ${at.total}`;
      if (at.finished) {
        if (at.url) location.assign(at.url);
        return;
      }
    } catch {
      // A lost line is not the end of the work: ask again later.
    }
    this.again();
  }
}
