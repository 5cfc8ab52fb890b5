// The header of a section page, as each answer is saved.

export function showProgress({ minutes_left, complete, parts }) {
  document.querySelector("[data-minutes]").textContent = minutes_left;
  const filled = `${complete} remplie${complete > 1 ? "s" : ""}`;
  document.querySelector("[data-complete-parts]").textContent = filled;
  for (const [code, [answered, asked]] of Object.entries(parts)) {
    const bar = document.querySelector(`[data-part="${code}"]`);
    [bar.value, bar.max] = [answered, asked];
    document.querySelector(`[data-count="${code}"]`).textContent = `${answered}/${asked}`;
  }
}
