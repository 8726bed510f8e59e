import { make, readJson } from "../dom";
import { say } from "../words";
import type { ChartSpec, Drawing, MapSpec } from "./charts";

type Draw = (charts: typeof import("./charts"), box: HTMLElement) => Promise<Drawing> | Drawing;

/** A box that is drawn when it comes into view; the table beside it stays for those without script. */
abstract class Drawn extends HTMLElement {
  private drawing: Drawing | undefined;
  private seen: IntersectionObserver | undefined;
  private sized: ResizeObserver | undefined;

  protected abstract draw: Draw | undefined;

  protected begin(): void {
    if (!this.draw) return;
    this.seen = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      this.seen?.disconnect();
      void this.show();
    }, { rootMargin: "200px" });
    this.seen.observe(this);
  }

  private async show(): Promise<void> {
    const box = make("div", { class: "lj-canvas", role: "img", "aria-label": this.getAttribute("label") ?? "" });
    this.prepend(box);
    try {
      this.drawing = await this.draw?.(await import("./charts"), box);
      this.sized = new ResizeObserver(() => this.drawing?.resize());
      this.sized.observe(box);
      this.classList.add("is-drawn");
    } catch {
      box.replaceWith(make("p", { class: "text-secondary" }, say("chartFailed")));
    }
  }

  disconnectedCallback(): void {
    this.seen?.disconnect();
    this.sized?.disconnect();
    this.drawing?.dispose();
    this.drawing = undefined;
    this.querySelector(".lj-canvas")?.remove();
  }
}

/** `<lj-chart label="…"><script type="application/json">{"kind":"bar",…}</script></lj-chart>` */
export class LjChart extends Drawn {
  protected draw: Draw | undefined;

  connectedCallback(): void {
    const spec = readJson<ChartSpec>(this);
    if (spec) this.draw = (charts, box) => charts.drawChart(box, spec);
    this.begin();
  }
}

/** `<lj-map src="area.geojson" label="…">` with points and area values in its data script. */
export class LjMap extends Drawn {
  protected draw: Draw | undefined;

  connectedCallback(): void {
    const spec = readJson<MapSpec>(this) ?? {};
    const source = this.getAttribute("src");
    this.draw = async (charts, box) => {
      const outline = source ? await fetch(source, { credentials: "same-origin" }).then(ok).catch(() => null) : null;
      return charts.drawMap(box, spec, outline);
    };
    this.begin();
  }
}

function ok(answer: Response): Promise<unknown> {
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}
