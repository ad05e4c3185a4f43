//! What the linker leaves to do: what the component says of itself.

/// The component with its name and with the sections of `src/component/metadata.rs`, which the linker leaves in the
/// core module, while registries look at the component. The names of its parts go: only debuggers read them, and they are 6 kB
/// that `strip` in Cargo.toml, which is about core modules, leaves in.
pub(crate) fn finished(component: &[u8]) -> Vec<u8> {
    const NAMES: &str = "component-name";
    const SAID: [&str; 3] = ["description", "licenses", "version"];
    const MODULE: u8 = 1;
    let sections = sections(component);
    let kept = sections.iter().filter(|section| section.name() != Some(NAMES));
    let mut finished = component.get(..8).unwrap_or_default().to_vec();
    kept.for_each(|section| finished.extend_from_slice(section.whole));
    let modules = sections.iter().filter(|section| section.id == MODULE);
    let of_modules = modules.flat_map(|module| self::sections(module.content));
    let said = of_modules.filter(|section| section.name().is_some_and(|name| SAID.contains(&name)));
    said.for_each(|section| finished.extend_from_slice(section.whole));
    // Subsection 0 is the name of the component itself.
    let name = b"salesforce-module";
    let own = [&[0, length(name.len()) + 1, length(name.len())], name.as_slice()].concat();
    let section = [&[length(NAMES.len())], NAMES.as_bytes(), &own].concat();
    finished.extend([&[0, length(section.len())], section.as_slice()].concat());
    finished
}

/// Of a part that takes one byte to say how long it is.
fn length(length: usize) -> u8 {
    u8::try_from(length).ok().filter(|length| *length < 0x80).expect("a short section")
}

/// A section of a component or of a module: an id, a LEB128 length and that many bytes.
struct Section<'a> {
    id: u8,
    whole: &'a [u8],
    content: &'a [u8],
}

impl<'a> Section<'a> {
    /// Section 0 is custom and begins with its name.
    fn name(&self) -> Option<&'a str> {
        let (length, rest) = self.content.split_first().filter(|_| self.id == 0)?;
        std::str::from_utf8(rest.get(..usize::from(*length))?).ok()
    }
}

/// All behind the header of 8 bytes.
fn sections(binary: &[u8]) -> Vec<Section<'_>> {
    let mut sections = Vec::new();
    let mut rest = binary.get(8..).unwrap_or_default();
    while let Some((id, body)) = rest.split_first() {
        let digits = body.iter().position(|byte| byte & 0x80 == 0).map_or(body.len(), |last| last + 1);
        let (length, _) = body.split_at(digits);
        let length = length.iter().rev().fold(0, |sum, byte| sum << 7 | usize::from(byte & 0x7f));
        let (whole, next) = rest.split_at(1 + digits + length);
        sections.push(Section { id: *id, whole, content: &whole[1 + digits..] });
        rest = next;
    }
    sections
}
