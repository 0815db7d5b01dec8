// From a query of the server to the list that shows its rows: /projects?v=all&w.light=RED.
export function door(plural: string, query: string): string {
  const out = new URLSearchParams({ v: 'all' })
  new URLSearchParams(query).forEach((v, k) => out.set(k === 'q' || k === 'sort' ? k : `w.${k}`, v))
  return `/${plural}?${out.toString()}`
}

/** Whole days from one civil day to another. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000)
}
