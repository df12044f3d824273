'use strict';
// Shows the OpenAPI documents of the services. The token stays in this page's memory only.

const SERVICES = ['ticket', 'routing', 'escalation', 'voc'];
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const form = document.getElementById('ask');
const nav = document.getElementById('services');
const view = document.getElementById('document');

function element(name, content, attributes = {}) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  [content].flat().filter(part => part !== null && part !== undefined).forEach(part => made.append(part));
  return made;
}

function type(schema) {
  if (!schema) return '';
  if (schema.$ref) return schema.$ref.split('/').pop();
  if (schema.enum) return schema.enum.join(' | ');
  if (schema.type === 'array') return type(schema.items) + '[]';
  return [schema.type].flat().join(' | ') + (schema.format ? ` (${schema.format})` : '');
}

function table(rows) {
  return element('table', rows.map(cells => element('tr', cells.map(cell => element('td', cell)))));
}

function operation(path, method, described) {
  const parts = [element('summary', [element('b', method.toUpperCase()), element('code', path),
    described.summary ? ' ' + described.summary : null])];
  if (described['x-roles']) parts.push(element('p', '角色 Roles: ' + described['x-roles'].join(', ')));
  if (described.description) parts.push(element('p', described.description));
  if (described.parameters?.length) {
    parts.push(table(described.parameters.map(p =>
      [element('code', p.name), p.in, type(p.schema), p.required ? '必填 required' : '', p.description ?? ''])));
  }
  const body = Object.values(described.requestBody?.content ?? {})[0];
  if (body) parts.push(element('p', ['请求体 Body: ', element('code', type(body.schema))]));
  parts.push(table(Object.entries(described.responses ?? {}).map(([status, answer]) =>
    [status, answer.description ?? '', element('code', type(Object.values(answer.content ?? {})[0]?.schema))])));
  return element('details', parts);
}

function schemaOf(name, schema) {
  const rows = Object.entries(schema.properties ?? {}).map(([field, inner]) =>
    [element('code', field), type(inner), schema.required?.includes(field) ? '必填 required' : '']);
  return element('details', [element('summary', element('code', name)), rows.length ? table(rows) : type(schema)]);
}

async function show(service) {
  for (const button of nav.children) {
    button.toggleAttribute('aria-current', button.textContent === service);
  }
  view.replaceChildren(element('p', '…'));
  const answer = await fetch('/api/docs/' + service, {
    headers: { Authorization: 'Bearer ' + document.getElementById('token').value.trim() }
  });
  const told = await answer.json();
  if (!answer.ok) {
    view.replaceChildren(element('p', `${told.title}: ${told.detail ?? ''}`, { role: 'alert' }));
    return;
  }
  const operations = Object.entries(told.paths).sort().flatMap(([path, item]) =>
    METHODS.filter(method => item[method]).map(method => operation(path, method, item[method])));
  const schemas = Object.entries(told.components?.schemas ?? {}).sort().map(([name, schema]) => schemaOf(name, schema));
  view.replaceChildren(element('h2', told.info.title), ...operations,
    element('h2', '数据 Data'), ...schemas,
    element('p', element('a', 'OpenAPI JSON', {
      download: service + '.json',
      href: URL.createObjectURL(new Blob([JSON.stringify(told, null, 2)], { type: 'application/json' }))
    })));
}

function tell(fault) {
  view.replaceChildren(element('p', '无法读取 Cannot be read: ' + fault.message, { role: 'alert' }));
}

SERVICES.forEach(service => {
  const button = element('button', service, { type: 'button' });
  button.addEventListener('click', () => show(service).catch(tell));
  nav.append(button);
});

form.addEventListener('submit', event => {
  event.preventDefault();
  nav.hidden = false;
  show(SERVICES[0]).catch(tell);
});
