// The form in react-jsonschema-form. The templates are the recipe of docs/form.md: the library has no place for "more settings".
import Form from '@rjsf/core';
import { getTemplate, TranslatableString } from '@rjsf/utils';
import { customizeValidator } from '@rjsf/validator-ajv8';
import { createRoot } from 'react-dom/client';
import { localize, rowLabel, WORDS } from './words.js';

const { form, data, language, isStock } = window.page;
const words = WORDS[language];

/** An object: what is filled in at first, and the rest behind "more settings". */
function Fields({ properties, formData, title, description, schema, uiSchema, fieldPathId, onAddProperty }) {
  const advanced = uiSchema['ui:options']?.advanced ?? [];
  const isRow = properties.some(({ name }) => name === 'object');
  // The choice above has said what this is.
  const isNamed = properties.length !== 1 || properties[0].content.props.schema.title !== title;
  const of = (isMore) => properties.filter(({ name }) => advanced.includes(name) === isMore).map(({ content }) => content);
  return (
    <fieldset id={fieldPathId.$id} className={isRow ? 'row-of-form' : undefined}>
      {isNamed && <legend>{isRow ? rowLabel(formData, words) : title}</legend>}
      {!isRow && description && <p className="help">{description}</p>}
      {of(false)}
      {of(true).length > 0 && (
        <details>
          <summary>{words.more}</summary>
          {of(true)}
        </details>
      )}
      {schema.additionalProperties && <button type="button" onClick={onAddProperty}>+ {words.add}</button>}
    </fieldset>
  );
}

/** An entry of a list, with its buttons below: beside it they take a quarter of a phone. */
function Item({ children, buttonsProps, hasToolbar, registry, uiSchema }) {
  const Buttons = getTemplate('ArrayFieldItemButtonsTemplate', registry, uiSchema);
  return (
    <div className="item">
      {children}
      {hasToolbar && <div className="buttons"><Buttons {...buttonsProps} /></div>}
    </div>
  );
}

const Add = ({ id, onClick, disabled }) => <button id={id} type="button" onClick={onClick} disabled={disabled}>+ {words.add}</button>;

const OWN = {
  [TranslatableString.RemoveButton]: words.remove,
  [TranslatableString.MoveUpButton]: words.up,
  [TranslatableString.MoveDownButton]: words.down,
};
const recipe = {
  templates: { ObjectFieldTemplate: Fields, ArrayFieldItemTemplate: Item, ButtonTemplates: { AddButton: Add } },
  translateString: (text, values = []) => OWN[text] ?? values.reduce((all, value, at) => all.replace(`%${at + 1}`, value), text),
  validator: customizeValidator({}, localize(language)),
};

createRoot(document.getElementById('form')).render(
  <Form
    schema={form.schema}
    uiSchema={{ ...form.uiSchema, 'ui:submitButtonOptions': { submitText: words.submit } }}
    formData={data}
    validator={customizeValidator()}
    {...(isStock ? {} : recipe)}
    // Without it the library leaves an empty object for each group of settings that the author has not filled in.
    omitExtraData
    showErrorList={false}
    // What holds between settings of a row says itself which of them is missing.
    transformErrors={(errors) => errors.filter(({ name }) => name !== 'if')}
    noHtml5Validate
    onChange={({ formData }) => { window.settings = formData; }}
    onSubmit={({ formData }) => { window.submitted = formData; }}
  />,
);
window.settings = data;
