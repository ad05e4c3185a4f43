//! What the front imports of the module.

#![allow(unreachable_pub)]

wit_bindgen::generate!({
    inline: "
        package chat-flow:salesforce-front@0.1.0;

        world front {
            import chat-flow:salesforce/handover@0.1.0;
            import chat-flow:salesforce/salesforce-module@0.1.0;
        }
    ",
    path: "../../wit",
    generate_all,
});
