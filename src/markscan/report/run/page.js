"use strict";
for (const table of document.querySelectorAll("table")) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, column) => {
    head.tabIndex = 0;
    head.className += " sorts";
    const sort = () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      heads.forEach(each => each.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const value = row => row.cells[column].dataset.v ?? row.cells[column].textContent.replace(/(\d),(?=\d{3})/g, "$1");
      const rows = [...body.rows].map(row => [value(row), row]);
      const order = new Intl.Collator("zh-CN", { numeric: true });
      rows.sort((a, b) => order.compare(a[0], b[0]) * (down ? -1 : 1));
      body.append(...rows.map(pair => pair[1]));
    };
    head.addEventListener("click", sort);
    head.addEventListener("keydown", event => { if (event.key === "Enter") sort(); });
  });
}
