//! Drafts of laws that are there already: typed before, of the catalogue, of an Answer.

use super::table::TableText;
use super::{Draft, LineRole, Role};
use crate::units::{self, Unit};
use crate::web::evaluator::typed;
use crate::web::json::Json;
use crate::web::laws::members::family;
use crate::web::reading::{LawEntry, read_laws};

impl Draft {
    /// A draft of a law of the contract, typed before.
    pub fn of_law(law: &str) -> Option<Self> {
        let members = Json::read(law)?.members();
        let mut draft = Self::of(&members.get("formula")?.string()?);
        let outputs = members.get("outputs").map(|all| all.items()).unwrap_or_default();
        let outputs: Vec<String> = outputs.into_iter().filter_map(Json::string).collect();
        draft.gives(&outputs.iter().map(|name| (&**name, None)).collect::<Vec<_>>());
        draft.look_up(&tables_of(members.get("tables").copied()));
        let declared = |field: &str| members.get(field).map(|all| all.members()).unwrap_or_default();
        for (name, input) in declared("inputs").iter() {
            let unit = input.get("unit").and_then(|unit| unit.string()?.parse().ok());
            draft.is_input(name, unit);
        }
        for (name, parameter) in declared("parameters").iter() {
            let Some(symbol) = draft.symbols.iter_mut().find(|symbol| symbol.name == name) else { continue };
            symbol.role = Role::Parameter;
            let bounds = parameter.get("in").map(Json::items).unwrap_or_default();
            let text = |at: usize| {
                bounds.get(at).and_then(|bound| bound.number()).map(|bound| typed(bound, Unit::One))
            };
            let positive = parameter.get("positive").is_some_and(|positive| positive.as_text() == "true");
            symbol.low = text(0).unwrap_or_else(|| if positive { "0" } else { "" }.to_owned());
            symbol.high = text(1).unwrap_or_default();
        }
        draft.spread();
        Some(draft)
    }

    /// A draft of a law of the catalogue, with the values of its usual fit.
    pub fn of_entry(law: &LawEntry) -> Self {
        let mut draft = Self::of(&law.formula);
        let fit = law.fits.first();
        let outputs = law.outputs.iter().map(|output| (&*output.name, Some(output.unit)));
        draft.gives(&outputs.collect::<Vec<_>>());
        for input in &law.inputs {
            draft.is_input(&input.name, Some(input.unit));
            let example = fit.and_then(|fit| fit.example.get(&input.name));
            draft.give(&input.name, example.map(|value| typed(*value, input.unit)));
        }
        for name in &law.parameters {
            for symbol in draft.symbols.iter_mut().filter(|symbol| family(&symbol.name) == name) {
                symbol.role = Role::Parameter;
            }
            let value = fit.and_then(|fit| fit.values.get(name));
            draft.give(name, value.map(|value| typed(*value, Unit::One)));
        }
        draft
    }

    /// A draft of the law that an Answer lists, with its tables.
    pub fn of_answer(answer: &str) -> Option<Self> {
        let mut draft = Self::of_entry(&read_laws(answer).pop()?);
        let law = Json::read(answer)?.get("laws")?.get("laws")?.items().pop()?.members();
        let tables = law.get("tables").map(|tables| tables.items()).unwrap_or_default();
        let table = |table: Json<'_>| Some(table_of(&table.get("name")?.string()?, table));
        draft.look_up(&tables.into_iter().filter_map(table).collect::<Vec<_>>());
        Some(draft)
    }

    /// Which of its lines it gives, the main one first, and in which units.
    fn gives(&mut self, outputs: &[(&str, Option<Unit>)]) {
        if !outputs.iter().any(|(name, _)| self.lines.iter().any(|line| line.name == *name)) {
            return;
        }
        for line in &mut self.lines {
            let place = outputs.iter().position(|(name, _)| *name == line.name);
            line.role = match place {
                None => LineRole::Step,
                Some(0) => LineRole::Main,
                Some(_) => LineRole::Output,
            };
            line.unit = place.and_then(|place| outputs[place].1).unwrap_or(line.unit);
        }
    }

    /// Gives tables their rows.
    fn look_up(&mut self, tables: &[TableText]) {
        for table in &mut self.tables {
            if let Some(given) = tables.iter().find(|given| given.name == table.name) {
                table.rows.clone_from(&given.rows);
            }
        }
    }

    fn is_input(&mut self, name: &str, unit: Option<Unit>) {
        for symbol in self.symbols.iter_mut().filter(|symbol| family(&symbol.name) == name) {
            symbol.role = Role::Input;
            symbol.unit = unit.unwrap_or(symbol.unit);
        }
    }

    /// Gives a name a value, if there is one.
    pub fn give(&mut self, name: &str, value: Option<String>) {
        let symbol = self.symbols.iter_mut().find(|symbol| symbol.name == name);
        if let (Some(symbol), Some(value)) = (symbol, value) {
            symbol.value = value;
        }
    }
}

/// The tables of a law of the contract, as one would type them.
fn tables_of(tables: Option<Json<'_>>) -> Vec<TableText> {
    let tables = tables.map(Json::members).unwrap_or_default();
    tables.iter().map(|(name, table)| table_of(name, *table)).collect()
}

fn table_of(name: &str, table: Json<'_>) -> TableText {
    let column = |of| {
        let values = table.get(of).map(Json::items).unwrap_or_default();
        values.into_iter().filter_map(|value| Some(units::ascii(value.number()?))).collect::<Vec<_>>()
    };
    let rows: Vec<String> = column("x").iter().zip(column("y")).map(|(x, y)| format!("{x}, {y}")).collect();
    TableText { name: name.to_owned(), rows: rows.join("\n") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_of_the_catalogue_can_be_typed_again() {
        let answer = crate::ask::answer_text(r#"{"laws":{"only":["chinchilla"]}}"#, &mut |_| ());
        let law = crate::web::reading::read_laws(&answer).remove(0);
        let draft = Draft::of_entry(&law);
        let fit = draft.values().unwrap();
        let values = Json::read(&fit).unwrap().get("parameters").unwrap().members();
        let same = |(name, value): (&str, Json<'_>)| law.fits[0].values.get(name).copied() == value.number();
        assert!(values.iter().all(|(name, value)| same((name, *value))));
        let typed = draft.law().unwrap();
        assert_eq!(Draft::of_law(&typed).unwrap().law(), Some(typed));
    }
}
