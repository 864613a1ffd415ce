// The one-time token travels behind the #, which no browser sends and no proxy logs.
const token = new URLSearchParams(location.hash.slice(1)).get('token') ?? '';
const form = document.querySelector('form');
const output = document.querySelector('output');

function bodyOf(fields) {
  const body = { token };
  for (const [name, value] of fields) {
    const [group, key] = name.split('.');
    body[group] = { ...body[group], [key]: value };
  }
  return body;
}

/** The sentence of the refusal, and that of each field beside it. */
function sentences(problem) {
  const ofFields = (problem.errors ?? []).map(({ field, message }) => {
    const input = form.elements.namedItem(field);
    input?.setAttribute('aria-invalid', 'true');
    return `${field}: ${message}`;
  });
  return [problem.detail, ...ofFields].join('\n');
}

async function send() {
  for (const input of form.elements) input.removeAttribute('aria-invalid');
  const response = await fetch('/api/setup', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(bodyOf(new FormData(form))),
  });
  if (!response.ok) return sentences(await response.json());
  form.querySelector('button').disabled = true;
  return '设置完成，可以登录。 Done: you can log in now.';
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  output.value = '…';
  send().then(
    (text) => (output.value = text),
    () => (output.value = '无法连接服务器，请重试。 The server cannot be reached: try again.'),
  );
});
