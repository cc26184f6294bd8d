//! Questions about syntax that several stages ask.

pub mod captured;
mod known;
mod leaving;
mod marks;
mod names;
mod pattern;
mod place;
mod point;
mod tails;
mod used;

pub use self::{
    known::{
        Special, argument_values, argument_values_of, diverges, is_textual, last_names, macro_name,
        macro_tokens, never_returns, replaced, set_texts, special, special_attribute, takes_list,
        texts,
    },
    leaving::leaves,
    marks::{
        extended_call, extended_slot, is_extended, is_last_use, is_parting_use, set_last_captures,
        set_last_use, set_parting_use, set_used_later, take_last_captures, take_used_later,
    },
    names::{generated, generated_for, is_reserved},
    pattern::{
        arm_bindings, bindings, declared, guarded, has_alternatives, has_else, is_bare, is_binding,
        pattern_use, plain_name, refers, skips,
    },
    place::{
        as_name, assigns, is_constant, is_constant_value, is_constructor, is_in_prelude, is_place,
        is_static_receiver, may_be_promoted, part_members, part_path, part_root, strip, yielded,
    },
    point::{
        arms_suspend, block_suspends, conjuncts, has_let, is_point, nested_chain, stmt_suspends,
        suspends,
    },
    tails::tails,
    used::Used,
};
