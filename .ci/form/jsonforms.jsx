// The form in JSON Forms, with its Material renderers. The rows and fields are the recipe of docs/form.md: a stock row is called by
// one member alone, and a stock field has no placeholder and cuts its label on a phone.
import Accordion from '@mui/material/Accordion';
import AccordionDetails from '@mui/material/AccordionDetails';
import AccordionSummary from '@mui/material/AccordionSummary';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { createTheme, ThemeProvider } from '@mui/material/styles';
import {
  and, composePaths, createDefaultValue, isIntegerControl, isOneOfEnumControl, isStringControl, not, or, rankWith, Resolve,
} from '@jsonforms/core';
import { materialCells, materialRenderers } from '@jsonforms/material-renderers';
import {
  JsonForms, JsonFormsDispatch, useJsonForms, withJsonFormsArrayLayoutProps, withJsonFormsControlProps, withJsonFormsOneOfEnumProps,
} from '@jsonforms/react';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { localize, rowLabel, WORDS } from './words.js';

const { form, data, language, isStock } = window.page;
const words = WORDS[language];

/** The rows, each folded under its label. */
function Rows({ visible, label, description, path, schema, rootSchema, uischema, renderers, cells, addItem, removeItems, moveUp, moveDown }) {
  const { core } = useJsonForms();
  const rows = Resolve.data(core.data, path) ?? [];
  const [open, setOpen] = useState(rows.length === 1 ? 0 : undefined);
  const isWrong = (at) => core.errors.some(({ instancePath }) => `${instancePath}/`.startsWith(`/${path.replaceAll('.', '/')}/${at}/`));
  const add = () => {
    addItem(path, createDefaultValue(schema, rootSchema))();
    setOpen(rows.length);
  };
  return visible && (
    <div className="rows">
      <h2>{label}</h2>
      <p className="help">{description}</p>
      {rows.map((row, at) => (
        <Accordion key={at} expanded={open === at} onChange={(_, isOpen) => setOpen(isOpen ? at : undefined)} slotProps={{ transition: { unmountOnExit: true, timeout: 0 } }}>
          <AccordionSummary className={isWrong(at) ? 'wrong' : undefined} expandIcon="▾">{rowLabel(row, words)}</AccordionSummary>
          <AccordionDetails>
            <JsonFormsDispatch schema={schema} uischema={uischema.options.detail} path={composePaths(path, `${at}`)} renderers={renderers} cells={cells} />
            <Button disabled={at === 0} onClick={() => { moveUp(path, at)(); setOpen(at - 1); }}>↑ {words.up}</Button>
            <Button disabled={at === rows.length - 1} onClick={() => { moveDown(path, at)(); setOpen(at + 1); }}>↓ {words.down}</Button>
            <Button color="error" onClick={() => { removeItems(path, [at])(); setOpen(undefined); }}>× {words.remove}</Button>
          </AccordionDetails>
        </Accordion>
      ))}
      <Button className="add" onClick={add}>+ {words.add}</Button>
    </div>
  );
}

/** A text, a number or a choice, with what holds where nothing is entered. */
function Field({ visible, id, path, label, description, required, errors, schema, uischema, data, options, handleChange }) {
  const [isFocused, setFocused] = useState(false);
  const held = uischema.options?.placeholder ?? '';
  const shown = options ? options.findIndex(({ value }) => value === data) : data ?? '';
  const change = (text) => {
    if (options) return options[text]?.value;
    return schema.type === 'integer' && text !== '' ? Number(text) : text || undefined;
  };
  return visible && (
    <TextField
      id={id}
      fullWidth
      margin="dense"
      select={Boolean(options)}
      multiline={Boolean(uischema.options?.multi)}
      type={schema.type === 'integer' ? 'number' : undefined}
      label={label}
      required={required}
      value={shown === -1 ? '' : shown}
      placeholder={held}
      error={errors !== ''}
      helperText={errors || (isFocused ? description : '')}
      onFocus={() => setFocused(true)}
      onBlur={() => setFocused(false)}
      onChange={({ target }) => handleChange(path, change(target.value))}
      // Over what is below: a help that comes and goes with the focus would move what is being clicked.
      slotProps={{ select: { native: true }, inputLabel: { shrink: true, sx: { maxWidth: 'calc(133% - 8px)' } }, formHelperText: { className: errors ? '' : 'over' } }}
    >
      {options && <option value="">{held}</option>}
      {options?.map(({ label: title }, at) => <option key={at} value={at}>{title}</option>)}
    </TextField>
  );
}

const isText = or(and(isStringControl, not(isOneOfEnumControl)), isIntegerControl);
const renderers = [
  { tester: rankWith(20, isOneOfEnumControl), renderer: withJsonFormsOneOfEnumProps(Field) },
  { tester: rankWith(20, isText), renderer: withJsonFormsControlProps(Field) },
  { tester: rankWith(20, (uischema) => Boolean(uischema.options?.detail)), renderer: withJsonFormsArrayLayoutProps(Rows) },
  ...materialRenderers,
];
const theme = createTheme({
  components: {
    // The kinds of a source are tabs, more than a phone is wide.
    MuiTabs: { defaultProps: { variant: 'scrollable', allowScrollButtonsMobile: true } },
    // Choices are whole sentences, on a phone too.
    MuiInputBase: { styleOverrides: { input: { fontSize: 14 } } },
    MuiTab: { styleOverrides: { root: { textTransform: 'none' } } },
    MuiButton: { styleOverrides: { root: { textTransform: 'none' } } },
  },
});

/** Words of the library; each has an English one by default. */
const OWN = { de: { 'No data': 'Noch nichts', 'Add to {{label}}': 'Hinzufügen', Delete: 'Entfernen' } };
const translate = (id, fallback) => OWN[language]?.[fallback] ?? fallback;

function translateError(error) {
  const localized = { ...error };
  localize(language)([localized]);
  return localized.message;
}

function Page() {
  const [state, setState] = useState({ data, errors: [] });
  window.settings = state.data;
  const submit = () => { window.submitted = state.errors.length === 0 ? state.data : undefined; };
  return (
    <ThemeProvider theme={isStock ? createTheme() : theme}>
      <JsonForms
        schema={form.schema}
        uischema={form.uiSchema}
        data={state.data}
        renderers={isStock ? materialRenderers : renderers}
        cells={materialCells}
        i18n={isStock ? { locale: language } : { locale: language, translate, translateError }}
        onChange={({ data: changed, errors }) => setState({ data: changed, errors })}
      />
      <Button type="submit" variant="contained" onClick={submit}>{words.submit}</Button>
    </ThemeProvider>
  );
}

createRoot(document.getElementById('form')).render(<Page />);
