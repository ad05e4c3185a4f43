// The form in JSON Forms, with its Material renderers.
import { createTheme, ThemeProvider } from '@mui/material/styles';
import { materialCells, materialRenderers } from '@jsonforms/material-renderers';
import { JsonForms } from '@jsonforms/react';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';

const { form, data, language, words } = window.page;
// The kinds of a source are tabs, more than a phone is wide.
const theme = createTheme({
  components: {
    MuiTabs: { defaultProps: { variant: 'scrollable', allowScrollButtonsMobile: true } },
    // The number of a row hides the beginning of its label there.
    MuiAvatar: { styleOverrides: { root: { width: 24, height: 24, fontSize: 14 } } },
  },
});

function Page() {
  const [state, setState] = useState({ data, errors: [] });
  window.settings = state.data;
  const submit = () => { window.submitted = state.errors.length === 0 ? state.data : undefined; };
  return (
    <ThemeProvider theme={theme}>
      <JsonForms
        schema={form.schema}
        uischema={form.uiSchema}
        data={state.data}
        renderers={materialRenderers}
        cells={materialCells}
        i18n={{ locale: language }}
        onChange={({ data: changed, errors }) => setState({ data: changed, errors })}
      />
      <button type="submit" onClick={submit}>{words.submit}</button>
    </ThemeProvider>
  );
}

createRoot(document.getElementById('form')).render(<Page />);
