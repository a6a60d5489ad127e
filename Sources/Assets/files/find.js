// `/` goes to the search field, where one is in sight.
on("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const field = [...every("[type=search]")].find((each) => each.offsetParent);
  if (!field) return;
  event.preventDefault();
  field.select();
});
