// The form in react-jsonschema-form. The templates are the recipe of docs/embed.md: the library has no place for "more settings".
import Form from '@rjsf/core';
import validator from '@rjsf/validator-ajv8';
import { createRoot } from 'react-dom/client';

const { form, data, words } = window.page;

/** `customer_email → Contact.Email`. */
function label({ source, target, object = '…', field }) {
  const place = field ? `${object}.${field}` : object;
  const value = Object.values(source ?? target ?? {})[0];
  const ends = target ? [place, value] : [value, place];
  return value === undefined ? place : ends.join(' → ');
}

function Fields(props) {
  const { properties, formData, title, description, uiSchema } = props;
  const advanced = uiSchema['ui:options']?.advanced ?? [];
  const isRow = properties.some(({ name }) => name === 'object');
  const shown = properties.filter(({ name }) => !advanced.includes(name));
  const more = properties.filter(({ name }) => advanced.includes(name));
  // What the choice of a source says already.
  const isNamed = properties.length !== 1 || properties[0].content.props.schema.title !== title;
  const first = (
    <>
      {isNamed && <legend>{isRow ? label(formData ?? {}) : title}</legend>}
      {!isRow && description && <p className="help">{description}</p>}
      {shown.map(({ content }) => content)}
    </>
  );
  return (
    <fieldset id={props.fieldPathId.$id} className={isRow ? 'row' : undefined}>
      {first}
      {more.length > 0 && (
        <details>
          <summary>{words.more}</summary>
          {more.map(({ content }) => content)}
        </details>
      )}
      {props.schema.additionalProperties && (
        <button type="button" onClick={props.onAddProperty}>+</button>
      )}
    </fieldset>
  );
}

createRoot(document.getElementById('form')).render(
  <Form
    schema={form.schema}
    uiSchema={{ ...form.uiSchema, 'ui:submitButtonOptions': { submitText: words.submit } }}
    formData={data}
    validator={validator}
    templates={window.page.isStock ? {} : { ObjectFieldTemplate: Fields }}
    onChange={({ formData }) => { window.settings = formData; }}
    onSubmit={({ formData }) => { window.submitted = formData; }}
    noHtml5Validate
  />,
);
window.settings = data;
