//! The laws that can be swept, as the page lists them: what each is computed from, and its fits.

use crate::laws::{Kind, Law, PublishedFit};
use crate::units::{Unit, Variable};
use crate::web::json::{self, Json};

/// A law of losses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Its id, or a typed law as the contract's JSON.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// What it is computed from.
    pub inputs: Vec<Input>,
    /// What a fit determines.
    pub parameters: Vec<String>,
    /// Whether it counts the cost of training in a way of its own.
    pub own_cost: bool,
    /// The unit of its loss, as the contract names it.
    pub unit: String,
    /// Its fits, the usual one first.
    pub fits: Vec<Named>,
}

/// An input of a law.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Its name in the law.
    pub symbol: String,
    /// Its unit, as the contract names it.
    pub unit: String,
    /// What it is, in words.
    pub what: String,
}

/// A published fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Where its values stand.
    pub source: String,
}

impl Listed {
    /// A law of the catalogue; nothing of one that predicts no loss by size and tokens.
    pub fn of(law: &Law) -> Option<Self> {
        let output = law.outputs.first()?;
        let has = |symbol: &str| law.inputs.iter().any(|input| input.symbol == symbol);
        let is_loss = law.kind == Kind::Loss && output.variable.unit().is_loss();
        if !is_loss || !has("N") || !has("D") || law.fits.is_empty() || !law.simplex.is_empty() {
            return None;
        }
        let input = |input: &Variable| Input {
            symbol: input.symbol.to_owned(),
            unit: input.unit().name().to_owned(),
            what: input.convention.words().to_owned(),
        };
        let named = |fit: &PublishedFit| Named {
            id: fit.id.to_owned(),
            name: fit.name.to_owned(),
            source: fit.source.to_string(),
        };
        Some(Self {
            id: law.id.to_owned(),
            name: law.name.to_owned(),
            inputs: law.inputs.iter().map(input).collect(),
            parameters: law.parameters.iter().map(|parameter| parameter.symbol.to_owned()).collect(),
            own_cost: !law.cost.is_empty(),
            unit: output.variable.unit().name().to_owned(),
            fits: law.fits.iter().map(named).collect(),
        })
    }

    /// A law of the reader's own, whose values are in its fit.
    pub fn typed(law: &str, fit: &str) -> Self {
        let law_of = Json::read(law);
        let text = |name: &str| law_of?.get(name)?.string();
        let plain = |symbol: &str, unit: Unit| Input {
            symbol: symbol.to_owned(),
            unit: unit.name().to_owned(),
            what: String::new(),
        };
        let values = Json::read(fit).and_then(|fit| fit.get("parameters"));
        Self {
            id: law.to_owned(),
            name: text("name").or_else(|| text("formula")).unwrap_or_else(|| law.to_owned()),
            inputs: vec![plain("N", Unit::Parameters), plain("D", Unit::Tokens)],
            parameters: values
                .map(|values| values.members().names().map(str::to_owned).collect())
                .unwrap_or_default(),
            own_cost: text("cost").is_some(),
            unit: Unit::NatsPerToken.name().to_owned(),
            fits: Vec::new(),
        }
    }

    /// Its fit of an id; of none, the usual one.
    pub fn fit(&self, id: &str) -> Option<&Named> {
        self.fits.iter().find(|fit| id.is_empty() || fit.id == id)
    }

    /// What it is computed from besides size and tokens.
    pub fn others(&self) -> impl Iterator<Item = &Input> {
        self.inputs.iter().filter(|input| !matches!(&*input.symbol, "N" | "D"))
    }

    /// As it stands in the page.
    pub fn write(&self) -> String {
        let texts = |texts: [&String; 3]| json::list(texts.into_iter().map(|text| json::string(text)));
        let input = |input: &Input| texts([&input.symbol, &input.unit, &input.what]);
        let named = |fit: &Named| texts([&fit.id, &fit.name, &fit.source]);
        json::object(&[
            ("id", json::string(&self.id)),
            ("name", json::string(&self.name)),
            ("inputs", json::list(self.inputs.iter().map(input))),
            ("parameters", json::list(self.parameters.iter().map(|name| json::string(name)))),
            ("own_cost", self.own_cost.to_string()),
            ("unit", json::string(&self.unit)),
            ("fits", json::list(self.fits.iter().map(named))),
        ])
    }

    /// Reads the list of the page.
    pub fn read_all(text: &str) -> Vec<Self> {
        let laws = Json::read(text).map(Json::items).unwrap_or_default();
        laws.into_iter().filter_map(Self::read).collect()
    }

    fn read(law: Json<'_>) -> Option<Self> {
        let text = |name: &str| law.get(name)?.string();
        let texts = |list: Json<'_>| list.items().into_iter().filter_map(Json::string).collect::<Vec<_>>();
        let items = |name: &str| law.get(name).map(Json::items).unwrap_or_default();
        let input = |input: Json<'_>| match <[String; 3]>::try_from(texts(input)) {
            Ok([symbol, unit, what]) => Some(Input { symbol, unit, what }),
            Err(_) => None,
        };
        let named = |named: Json<'_>| match <[String; 3]>::try_from(texts(named)) {
            Ok([id, name, source]) => Some(Named { id, name, source }),
            Err(_) => None,
        };
        Some(Self {
            id: text("id")?,
            name: text("name")?,
            inputs: items("inputs").into_iter().filter_map(input).collect(),
            parameters: texts(law.get("parameters")?),
            own_cost: law.get("own_cost")?.as_text() == "true",
            unit: text("unit")?,
            fits: items("fits").into_iter().filter_map(named).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::laws::LAWS;

    #[test]
    fn laws_are_read_as_they_are_written() {
        let listed: Vec<Listed> = LAWS.iter().filter_map(|law| Listed::of(law)).collect();
        let ids: Vec<&str> = listed.iter().map(|law| &*law.id).collect();
        for id in ["chinchilla", "muennighoff", "abnar", "kumar-uniform"] {
            assert!(ids.contains(&id), "{id} of {ids:?}");
        }
        let text = json::list(listed.iter().map(Listed::write));
        assert_eq!(Listed::read_all(&text), listed);
    }

    #[test]
    fn a_typed_law_has_the_parameters_of_its_fit() {
        let law =
            Listed::typed(r#"{"formula":"E + A / N^a"}"#, r#"{"parameters":{"E":1.8,"A":400,"a":0.3}}"#);
        assert_eq!(
            (&*law.name, law.parameters),
            ("E + A / N^a", ["E", "A", "a"].map(str::to_owned).to_vec())
        );
    }
}
