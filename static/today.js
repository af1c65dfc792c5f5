// Everything works without this file: the sheet posts as one form.
// A sheet that could not be sent is sent again when the connection is back. Its number makes that safe: the same
// sheet is recorded once, however often it arrives.
let waiting = null;
document.addEventListener('htmx:sendError', event => { if (event.target.matches('[data-retry]')) waiting = event.target; });
document.addEventListener('htmx:afterOnLoad', event => { if (event.target === waiting) waiting = null; });
addEventListener('online', () => { if (waiting?.isConnected) waiting.requestSubmit(); });
