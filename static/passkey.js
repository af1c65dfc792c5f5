// A press on [data-passkey] lets the browser ask for a passkey, and sends its form with the answer. The button stays
// hidden where the browser knows no passkeys. What to ask stands at an address, or in an element of the page.
const passkeys = document.querySelectorAll('[data-passkey]');
if (window.PublicKeyCredential) passkeys.forEach(button => { button.closest('form').hidden = false; });

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-passkey]'), from = button?.dataset.passkey;
  if (!button) return;
  event.preventDefault();
  const { form } = button, problem = form.querySelector('.error');
  problem.hidden = true;
  try {
    const asked = from.startsWith('#')
      ? JSON.parse(document.querySelector(from).textContent)
      : await (await fetch(from, { headers: { Accept: 'application/json' } })).json();
    const given = asked.creation_options ? webauthnJSON.create(asked.creation_options) : webauthnJSON.get(asked.request_options);
    form.elements.credential.value = JSON.stringify(await given);
    form.requestSubmit();
  } catch { problem.hidden = false; }
});
