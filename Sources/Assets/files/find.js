// `/` goes to the search field, where one is in sight.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select")) return;
  const field = [...document.querySelectorAll("[type=search]")].find((each) => each.offsetParent);
  if (!field) return;
  event.preventDefault();
  field.select();
});
