(() => {
  const looked = Date.parse(document.getElementById("looked").dateTime);
  const late = document.getElementById("late");
  const compare = () => { late.hidden = Date.now() - looked <= 5 * 60 * 1000; };
  compare();
  setInterval(compare, 10 * 1000);
})();
