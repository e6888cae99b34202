// On a narrow screen the bar's rooms run out of sight: the one we are in is brought in.
for (const nav of document.querySelectorAll(".bar .nav")) {
  const here = nav.querySelector("[aria-current]");
  if (here) nav.scrollLeft = here.offsetLeft - nav.offsetLeft - (nav.clientWidth - here.offsetWidth) / 2;
}
