// Large buttons under the film, for keyboards and big fingers. Without this the browser's own controls do.
for (const film of document.querySelectorAll("[data-film]")) {
  const video = film.querySelector("video");
  const buttons = film.querySelector(".jo-film__buttons");
  const button = (name) => buttons.querySelector(`[data-do="${name}"]`);
  const play = button("play");
  const captions = button("captions");
  const isShowing = () => [...video.textTracks].some((track) => track.mode === "showing");
  const usual = video.querySelector("track[default]") || video.querySelector("track");
  let last = usual && usual.track;

  const tellPlaying = () => {
    play.textContent = video.paused ? play.dataset.play : play.dataset.pause;
  };
  const tellCaptions = () => {
    if (!captions) return;
    const on = isShowing();
    const word = captions.querySelector("span");
    captions.setAttribute("aria-pressed", String(on));
    word.textContent = on ? word.dataset.on : word.dataset.off;
  };

  const tellFault = () => {
    film.querySelector(".jo-film__fault").hidden = false;
    video.pause();
    tellPlaying();
  };

  play.addEventListener("click", () => {
    if (!video.paused) video.pause();
    // Pausing at once is no fault; a film that is missing or of an unknown kind is.
    else video.play().catch((fault) => fault.name !== "AbortError" && tellFault());
  });
  video.querySelector("source").addEventListener("error", tellFault);
  button("back").addEventListener("click", () => {
    video.currentTime = Math.max(0, video.currentTime - 10);
  });
  captions?.addEventListener("click", () => {
    const showing = [...video.textTracks].find((track) => track.mode === "showing");
    if (showing) {
      last = showing;
      showing.mode = "disabled";
    } else if (last) {
      last.mode = "showing";
    }
    tellCaptions();
  });
  for (const event of ["play", "pause", "ended"]) video.addEventListener(event, tellPlaying);
  video.textTracks.addEventListener("change", tellCaptions);

  // Captions show from the start: some browsers choose by a setting nobody knows of.
  if (usual && !isShowing()) usual.track.mode = "showing";
  buttons.hidden = false;
  tellPlaying();
  tellCaptions();
}
