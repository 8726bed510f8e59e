/** ECharts, loaded only by pages that show a chart or a map. */
import { BarChart, LineChart, LinesChart, MapChart, PieChart, ScatterChart } from "echarts/charts";
import { GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent } from "echarts/components";
import { init, registerMap, use, type EChartsCoreOption, type EChartsType } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart, LineChart, LinesChart, MapChart, PieChart, ScatterChart,
  GeoComponent, GridComponent, LegendComponent, TooltipComponent, VisualMapComponent, CanvasRenderer,
]);

export interface ChartSpec {
  kind: "bar" | "line" | "pie";
  labels: string[];
  series: { name: string; data: (number | null)[] }[];
  unit?: string;
  stacked?: boolean;
  horizontal?: boolean;
  /** One address a label; a click opens it. */
  urls?: (string | null)[];
}

export interface MapPoint {
  name: string;
  lng: number;
  lat: number;
  value?: number;
  tone?: "done" | "due" | "late" | "paused" | "neutral" | "info";
  url?: string;
}

/** Two places that belong together; `ends` are longitude and latitude of both. */
export interface MapLine {
  name: string;
  ends: [number, number][];
  url?: string;
}

export interface MapSpec {
  lines?: MapLine[];
  points?: MapPoint[];
  areas?: { name: string; value: number | null; url?: string }[];
  unit?: string;
}

export interface Drawing {
  resize(): void;
  dispose(): void;
}

const token = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

function base(): EChartsCoreOption {
  const ink = token("--lj-ink");
  return {
    animationDuration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 250,
    color: ["--lj-accent", "--lj-chart-2", "--lj-chart-3", "--lj-chart-4", "--lj-chart-5", "--lj-chart-6"].map(token),
    textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: ink },
    // Any other mode writes style attributes, which the content security policy refuses.
    tooltip: { renderMode: "richText", confine: true, textStyle: { color: ink } },
  };
}

function start(box: HTMLElement, option: EChartsCoreOption, open: (name: string, index: number) => string | null | undefined): Drawing {
  const chart: EChartsType = init(box, null, { renderer: "canvas" });
  chart.setOption(option);
  chart.on("click", (event) => {
    const address = open(event.name, event.dataIndex ?? -1);
    if (address) location.assign(address);
  });
  return chart;
}

export function drawChart(box: HTMLElement, spec: ChartSpec): Drawing {
  return start(box, spec.kind === "pie" ? pie(spec) : axes(spec), (_, index) => spec.urls?.[index]);
}

function pie(spec: ChartSpec): EChartsCoreOption {
  const data = spec.labels.map((name, index) => ({ name, value: spec.series[0]?.data[index] ?? 0 }));
  return {
    ...base(),
    legend: { bottom: 0, type: "scroll" },
    series: [{
      type: "pie", radius: ["45%", "70%"], center: ["50%", "44%"], data,
      itemStyle: { borderColor: "#fff", borderWidth: 2 },
      label: { formatter: `{b} {c}${spec.unit ? ` ${spec.unit}` : ""}` },
    }],
  };
}

function axes(spec: ChartSpec): EChartsCoreOption {
  const line = token("--lj-line");
  const quiet = token("--lj-quiet");
  const names = {
    type: "category", data: spec.labels, axisTick: { show: false },
    axisLine: { lineStyle: { color: line } }, axisLabel: { color: quiet, hideOverlap: true },
    inverse: spec.horizontal ?? false,
  };
  const values = {
    type: "value", name: spec.unit ?? "", nameTextStyle: { color: quiet, align: "left" }, minInterval: 1,
    splitLine: { lineStyle: { color: line } }, axisLabel: { color: quiet },
  };
  return {
    ...base(),
    tooltip: { ...(base().tooltip as object), trigger: "axis" },
    legend: { show: spec.series.length > 1, bottom: 0, type: "scroll" },
    grid: { left: 8, right: 16, top: spec.unit ? 32 : 16, bottom: spec.series.length > 1 ? 36 : 8, containLabel: true },
    xAxis: spec.horizontal ? values : names,
    yAxis: spec.horizontal ? names : values,
    series: spec.series.map(({ name, data }) => ({
      name, data, type: spec.kind, stack: spec.stacked ? "all" : undefined,
      barMaxWidth: 28, symbolSize: 7, itemStyle: spec.kind === "bar" ? { borderRadius: spec.stacked ? 0 : 3 } : {},
    })),
  };
}

let maps = 0;

export function drawMap(box: HTMLElement, spec: MapSpec, outline: unknown): Drawing {
  const points = (spec.points ?? []).map((point) => ({
    name: point.name,
    value: [point.lng, point.lat, point.value ?? null],
    itemStyle: { color: token(`--lj-${point.tone ?? "info"}`) },
  }));
  const scatter = { type: "scatter", data: points, symbolSize: 12, itemStyle: { borderColor: "#fff", borderWidth: 1.5 } };
  const unit = spec.unit ? ` ${spec.unit}` : "";
  const tooltip = {
    ...(base().tooltip as object),
    formatter: (at: { name: string; value: unknown }) => {
      const value = Array.isArray(at.value) ? at.value[2] : at.value;
      return typeof value === "number" && !Number.isNaN(value) ? `${at.name} ${value}${unit}` : at.name;
    },
  };
  const lines = {
    type: "lines", data: (spec.lines ?? []).map(({ name, ends }) => ({ name, coords: ends })),
    lineStyle: { color: token("--lj-quiet"), width: 1.5, opacity: 0.7 }, emphasis: { lineStyle: { width: 3, opacity: 1 } },
  };
  const drawn = spec.lines?.length ? [lines, scatter] : [scatter];
  const option = outline && !bare(outline)
    ? onOutline(spec, outline, drawn)
    : { grid: { left: 8, right: 8, top: 8, bottom: 8 },
        series: drawn.map((one) => ({ ...one, coordinateSystem: "cartesian2d" })),
        xAxis: { type: "value", scale: true, show: false }, yAxis: { type: "value", scale: true, show: false } };
  const urls = new Map([...(spec.areas ?? []), ...(spec.lines ?? []), ...(spec.points ?? [])].map(({ name, url }) => [name, url]));
  return start(box, { ...base(), tooltip, ...option }, (name) => urls.get(name));
}

/** A place that has uploaded no boundary: its points are drawn by their own extent. */
function bare(outline: unknown): boolean {
  const found = outline as { features?: unknown[] };
  return Array.isArray(found.features) && !found.features.length;
}

/** Boundaries come as a collection, one feature or a bare shape; the map needs a collection whose shapes have names. */
function collection(outline: unknown): Parameters<typeof registerMap>[1] {
  const shape = outline as { type: string };
  if (shape.type === "FeatureCollection") return outline as Parameters<typeof registerMap>[1];
  const feature = shape.type === "Feature" ? shape : { type: "Feature", properties: { name: "" }, geometry: shape };
  return { type: "FeatureCollection", features: [feature] } as unknown as Parameters<typeof registerMap>[1];
}

function onOutline(spec: MapSpec, outline: unknown, drawn: object[]): EChartsCoreOption {
  const map = `area-${++maps}`;
  registerMap(map, collection(outline));
  const areas = (spec.areas ?? []).filter((area) => area.value !== null);
  const shape = {
    map, roam: false, top: 12, bottom: areas.length ? 44 : 12, aspectScale: 0.85,
    itemStyle: { areaColor: token("--lj-paper"), borderColor: token("--lj-line-strong") },
    emphasis: { itemStyle: { areaColor: token("--lj-accent-soft") }, label: { color: token("--lj-ink") } },
    label: { show: true, fontSize: 11, color: token("--lj-quiet") }, labelLayout: { hideOverlap: true },
    select: { disabled: true },
  };
  const series = drawn.map((one) => ({ ...one, coordinateSystem: "geo" }));
  if (!areas.length) return { geo: shape, series };
  const values = areas.map((area) => area.value ?? 0);
  return {
    geo: { ...shape, label: { show: false } },
    visualMap: {
      min: 0, max: Math.max(1, ...values), orient: "horizontal", left: "center", bottom: 0, seriesIndex: 0,
      itemHeight: 90, itemWidth: 10, inRange: { color: [token("--lj-accent-soft"), token("--lj-accent")] },
    },
    series: [{ type: "map", ...shape, data: areas.map(({ name, value }) => ({ name, value })) }, ...series],
  };
}
