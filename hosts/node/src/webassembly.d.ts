// What this package uses of WebAssembly. TypeScript has it among the types of browsers only, with all the rest of them.
declare namespace WebAssembly {
  class Module {}
  class Instance {
    constructor(module: Module, imports?: Imports);
    readonly exports: Record<string, unknown>;
  }
  class RuntimeError extends Error {}
  type Imports = Record<string, Record<string, unknown>>;
  function compile(bytes: Uint8Array): Promise<Module>;
}
