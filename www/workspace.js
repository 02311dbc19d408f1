// The app comes from another origin than the workspace, as in real life: the same server by its
// other name. Its address takes the same overrides as element.html.
const app = new URL(`frame.html${location.search}`, location.href);
app.hostname = location.hostname === "localhost" ? "127.0.0.1" : "localhost";
document.querySelector("iframe").src = app.href;
