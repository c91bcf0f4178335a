//! A draft as text, mistakes and all, for the storage of the browser.

use super::table::TableText;
use super::{Draft, Line, LineRole, Role, Symbol};
use crate::web::json::{self, Json};
use crate::web::laws::members::{Lists, Members};

impl Draft {
    /// All of it as JSON, to be kept.
    pub fn write(&self) -> String {
        let symbol = |symbol: &Symbol| {
            json::object(&[
                ("name", json::string(&symbol.name)),
                ("role", json::string(symbol.role.name())),
                ("unit", json::string(symbol.unit.name())),
                ("low", json::string(&symbol.low)),
                ("high", json::string(&symbol.high)),
                ("value", json::string(&symbol.value)),
            ])
        };
        let line = |line: &Line| {
            json::object(&[
                ("name", json::string(&line.name)),
                ("role", json::string(line.role.name())),
                ("unit", json::string(line.unit.name())),
            ])
        };
        let table = |table: &TableText| {
            json::object(&[("name", json::string(&table.name)), ("rows", json::string(&table.rows))])
        };
        let list = |list: &Vec<String>| json::list(list.iter().map(|name| json::string(name)));
        let mut kept = vec![
            ("name", json::string(&self.name)),
            ("formula", json::string(&self.formula)),
            ("symbols", json::list(self.symbols.iter().map(symbol))),
            ("lines", json::list(self.lines.iter().map(line))),
            ("members", json::list(self.members.typed.iter().map(list))),
            ("good_members", json::list(self.members.good.iter().map(list))),
            ("tables", json::list(self.tables.iter().map(table))),
        ];
        // For the Plan, which reads no formulas.
        kept.extend(self.law().map(|law| ("law", law)));
        kept.extend(self.values().map(|values| ("fit", values)));
        json::object(&kept)
    }

    /// Reads what was kept.
    pub fn read_kept(kept: Json<'_>) -> Option<Self> {
        let kept = kept.members();
        let symbol = |symbol: Json<'_>| {
            let symbol = symbol.members();
            let text = |name| symbol.get(name)?.string();
            let role = text("role")?;
            Some(Symbol {
                name: text("name")?,
                role: Role::ALL.into_iter().find(|known| known.name() == role)?,
                unit: text("unit")?.parse().ok()?,
                low: text("low")?,
                high: text("high")?,
                value: text("value")?,
            })
        };
        let line = |line: Json<'_>| {
            let role = line.get("role")?.string()?;
            Some(Line {
                name: line.get("name")?.string()?,
                role: LineRole::ALL.into_iter().find(|known| known.name() == role)?,
                unit: line.get("unit")?.string()?.parse().ok()?,
            })
        };
        let table = |table: Json<'_>| {
            Some(TableText { name: table.get("name")?.string()?, rows: table.get("rows")?.string()? })
        };
        let list = |list: Json<'_>| list.items().into_iter().filter_map(Json::string).collect();
        // Laws that were kept before these could be typed have none.
        let items = |name| kept.get(name).map(|list| list.items()).unwrap_or_default();
        let members: Members = items("members").into_iter().map(list).collect();
        let good: Members = items("good_members").into_iter().map(list).collect();
        let fits = members.iter().map(Vec::len).eq(good.iter().map(Vec::len));
        let mut draft = Self {
            name: kept.get("name")?.string()?,
            formula: kept.get("formula")?.string()?,
            symbols: kept.get("symbols")?.items().into_iter().filter_map(symbol).collect(),
            lines: items("lines").into_iter().filter_map(line).collect(),
            members: if fits { Lists { typed: members, good } } else { Lists::new(members) },
            tables: items("tables").into_iter().filter_map(table).collect(),
        };
        if draft.lines.is_empty()
            && let Ok(read) = draft.read()
        {
            draft.meet(&read);
        }
        Some(draft)
    }
}

/// Reads a draft that was kept alone.
pub fn read(kept: &str) -> Option<Draft> {
    Draft::read_kept(Json::read(kept)?)
}

#[cfg(test)]
mod tests {
    use super::super::FIRST;
    use super::*;

    #[test]
    fn a_law_that_was_kept_before_families_is_read() {
        let kept = r#"{"name":"Old","formula":"E + A / N","symbols":[
            {"name":"E","role":"parameter","unit":"1","low":"0","high":"","value":"2"},
            {"name":"A","role":"parameter","unit":"1","low":"0","high":"","value":"3"},
            {"name":"N","role":"input","unit":"parameters","low":"","high":"","value":"1B"}]}"#;
        let draft = read(kept).unwrap();
        assert_eq!(draft.values().as_deref(), Some(r#"{"parameters":{"E":2.0,"A":3.0}}"#));
        assert!(draft.law().unwrap().contains(r#""outputs":["L"]"#));
    }

    #[test]
    fn a_draft_is_kept_as_it_is() {
        let mut draft = Draft::of("E + A / N^alpha + B / (D");
        draft.name = "Mine \"α\"".to_owned();
        draft.symbols = Draft::of(FIRST).symbols;
        let written = draft.write();
        assert_eq!(Draft::read_kept(Json::read(&written).unwrap()), Some(draft));
    }
}
