//! What is asked of the engine for what the reader has chosen.

use super::along::{Along, Values};
use super::chosen::{Chosen, Find, Show};
use super::listed::Listed;
use crate::units::{Unit, read};
use crate::web::json::{self, Json};
use crate::web::question::{self, Fit};

/// The shares of draws below which the ends of bands lie: those of 50 and 90 %.
pub const SHARES: [f64; 4] = [0.05, 0.25, 0.75, 0.95];
/// No more numbers are told of a cell: the value with the ends of its bands, and the same of a comparison.
pub const COLUMNS: usize = 3 + 2 * SHARES.len();

/// Draws of a fit: for each parameter its values.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draws {
    columns: Vec<(String, Vec<String>)>,
}

impl Draws {
    /// Reads a table of draws, a column for each parameter.
    pub fn read_table(text: &str) -> Option<Self> {
        let mut lines = text.lines();
        let mut columns: Vec<(String, Vec<String>)> =
            lines.next()?.split(',').map(|name| (name.to_owned(), Vec::new())).collect();
        for line in lines {
            for ((_, column), cell) in columns.iter_mut().zip(line.split(',')) {
                column.push(json::number(crate::num::decimal(cell)?));
            }
        }
        Some(Self { columns })
    }

    /// Those of a fit, as the contract has it.
    pub fn read_fit(fit: &str) -> Option<Self> {
        let draws = Json::read(fit)?.get("draws")?.members();
        let column =
            |values: Json<'_>| values.items().iter().map(|value| value.as_text().to_owned()).collect();
        let columns = draws.iter().map(|(name, values)| (name.to_owned(), column(*values)));
        Some(Self { columns: columns.collect() })
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.columns.first().map_or(0, |(_, values)| values.len())
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first of them, as JSON.
    fn first(&self, count: usize) -> String {
        let column = |(name, values): &(String, Vec<String>)| {
            (name.clone(), json::list(values.iter().take(count).cloned()))
        };
        let columns: Vec<(String, String)> = self.columns.iter().map(column).collect();
        let named: Vec<(&str, String)> =
            columns.iter().map(|(name, values)| (&**name, values.clone())).collect();
        json::object(&named)
    }
}

/// A sweep as its parts are asked for.
#[derive(Clone, Debug, PartialEq)]
pub struct Sweep {
    /// The question, without its closing braces.
    open: String,
    /// How many values the upward axis has, and the one across.
    pub shape: [usize; 2],
    /// How many plans each cell has.
    pub entries: usize,
    /// Whether it stands against another.
    pub compared: bool,
}

/// Which number of a cell is which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Numbers {
    /// How many ends of bands there are, behind the value.
    pub ends: usize,
    /// Whether there are those of a comparison behind them.
    pub compared: bool,
}

impl Numbers {
    /// The other's value.
    pub fn against(self) -> Option<usize> {
        self.compared.then_some(1 + self.ends)
    }

    /// In which share of draws this one is lower.
    pub fn lower(self) -> Option<usize> {
        self.compared.then_some(2 + self.ends)
    }

    /// Their names in an Answer, in order.
    pub fn names(self) -> Vec<String> {
        let ends = |letter: char| {
            SHARES.iter().take(self.ends).map(move |share| format!("{letter}{:02}", share * 100.0))
        };
        let own = std::iter::once("value".to_owned()).chain(ends('q'));
        let compared = ["against", "lower"].map(str::to_owned).into_iter().chain(ends('d'));
        own.chain(compared.filter(|_| self.compared)).collect()
    }
}

impl Sweep {
    /// The question for the cells from one to before another.
    pub fn cells(&self, from: usize, to: usize) -> String {
        format!("{},\"cells\":[{from},{to}]}}}}", self.open)
    }

    /// The question for all of it.
    pub fn whole(&self) -> String {
        format!("{}}}}}", self.open)
    }

    /// How many cells it has.
    pub fn len(&self) -> usize {
        self.shape[0] * self.shape[1]
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Which numbers are told of each cell.
    pub fn numbers(&self) -> Numbers {
        Numbers { ends: if self.entries > 1 { SHARES.len() } else { 0 }, compared: self.compared }
    }

    /// How many.
    pub fn columns(&self) -> usize {
        self.numbers().names().len()
    }
}

/// The fields of a Question that name a law and a fit.
type Solved = Vec<(&'static str, String)>;

impl Chosen {
    /// The sweep over both axes, with draws where there are some; nothing where something cannot be read.
    pub fn sweep(&self, law: &Listed, draws: &Draws, others: &Draws) -> Option<Sweep> {
        let [across, up] = self.values(law).ok()?;
        let wanted = self.draws().ok()?;
        let drawn = [draws, others].map(|draws| (draws, wanted.min(draws.len())));
        self.over(law, [Some(&across?), up.as_ref(), None], &[self.show], drawn, true)
    }

    /// The same over fewer points and without draws, for a picture that comes soon.
    pub fn coarse(&self, law: &Listed, most: [usize; 2]) -> Option<Sweep> {
        let [across, up] = self.values(law).ok()?;
        let up = up.map(|up| up.coarse(most[1]));
        let none = Draws::default();
        self.over(
            law,
            [Some(&across?.coarse(most[0])), up.as_ref(), None],
            &[self.show],
            [(&none, 0); 2],
            true,
        )
    }

    /// All there is to tell of some points of the upward axis, at one value of the other.
    pub fn rows(&self, law: &Listed, at: f64, rows: &[f64], draws: &Draws) -> Option<Sweep> {
        let count = self.draws().ok()?.min(draws.len());
        let up = (!rows.is_empty()).then(|| Values::List(rows.to_vec()));
        let drawn = [(draws, count), (draws, 0)];
        self.over(law, [Some(&Values::List(vec![at])), up.as_ref(), None], &self.shown(), drawn, false)
    }

    /// The same over three axes: across, upwards and from panel to panel.
    pub(super) fn sweep_of_panels(&self, law: &Listed, [across, up, by]: [&Values; 3]) -> Option<Sweep> {
        let none = Draws::default();
        self.over(law, [Some(across), Some(up), Some(by)], &[self.show], [(&none, 0); 2], false)
    }

    fn over(
        &self,
        law: &Listed,
        [across, up, by]: [Option<&Values>; 3],
        shown: &[Show],
        [own, others]: [(&Draws, usize); 2],
        compared: bool,
    ) -> Option<Sweep> {
        let across = across?;
        let shape = [by.map_or(1, Values::len) * up.map_or(1, Values::len), across.len()];
        let axis = |along: &Along, values: &Values| {
            let (of, side) = along.asked();
            let mut fields = vec![("of", json::string(of))];
            fields.extend(side.map(|side| ("limit", json::string(side))));
            fields.extend(values.fields());
            json::object(&fields)
        };
        let [along_across, along_up] = self.axes();
        let mut axes = Vec::new();
        let along_by = self.by.along().filter(|_| by.is_some());
        if let Some((along, values)) = along_by.as_ref().zip(by) {
            axes.push(axis(along, values));
        }
        if let Some((along, values)) = along_up.zip(up) {
            axes.push(axis(&along, values));
        }
        axes.push(axis(&along_across?, across));
        let solve = |solved: Solved| {
            let by = along_by.as_ref();
            if self.find == Find::Plan {
                self.allocate(law, solved, by)
            } else {
                self.predict(law, solved, by)
            }
        };
        let outputs = match self.find {
            Find::Plan => Some(json::list(shown.iter().map(|show| json::string(show.output())))),
            Find::Loss => None,
        };
        let mut fields = vec![("axes", json::list(axes.into_iter())), ("solve", solve(self.solved()?)?)];
        fields.extend(outputs.map(|outputs| ("outputs", outputs)));
        let drawn = |(draws, count): (&Draws, usize)| (count > 0).then(|| ("draws", draws.first(count)));
        fields.extend(drawn(own));
        if own.1 > 0 {
            fields.push(("quantiles", json::list(SHARES.iter().map(|share| json::number(*share)))));
        }
        let other = self.against.as_ref().filter(|_| compared);
        if let Some(other) = other {
            let named = vec![("law", question::law(&other.law)), ("fit", json::string(&other.fit))];
            let mut against = vec![("solve", solve(named)?)];
            // Without draws of its own, quantiles are of what it is compared with.
            against.extend(drawn(others).filter(|_| own.1 > 0));
            fields.push(("against", json::object(&against)));
        }
        let whole = json::object(&[("sweep", json::object(&fields))]);
        let open = whole.strip_suffix("}}")?.to_owned();
        Some(Sweep { open, shape, entries: 1 + own.1, compared: other.is_some() })
    }

    /// What else the law depends on, where another axis may run along it.
    fn given<'a>(&self, law: &'a Listed, by: Option<&Along>) -> Vec<&'a str> {
        let is_by = |name: &str| by.is_some_and(|by| *by == Along::Input(name.to_owned()));
        self.needed(law).into_iter().filter(|name| !is_by(name)).collect()
    }

    fn allocate(&self, law: &Listed, solved: Solved, by: Option<&Along>) -> Option<String> {
        let mut fields = solved;
        let mut limits = Vec::new();
        let runs_along = |along: Along| self.runs_along(&along) || by == Some(&along);
        for name in self.given(law, by) {
            let text = self.need(name).trim();
            if !text.is_empty() {
                limits.push(json::object(&[("of", json::string(name)), ("equal", json::string(text))]));
            }
        }
        if !limits.is_empty() {
            fields.push(("limits", json::list(limits.into_iter())));
        }
        if !runs_along(Along::Budget) {
            read(&self.budget, Unit::Flops).ok()?;
            fields.push(("budget", json::string(&self.budget)));
        }
        if runs_along(Along::Demand) {
            fields.push(("cost", json::string("6*N*D + 2*N*demand")));
        }
        Some(json::object(&[("allocate", json::object(&fields))]))
    }

    fn predict(&self, law: &Listed, solved: Solved, by: Option<&Along>) -> Option<String> {
        let mut fields = solved;
        let given = |name: &str| {
            let text = self.need(name).trim();
            (!text.is_empty()).then(|| (name.to_owned(), json::string(text)))
        };
        let at: Vec<(String, String)> = self.given(law, by).into_iter().map(given).collect::<Option<_>>()?;
        if !at.is_empty() {
            let at: Vec<(&str, String)> = at.iter().map(|(name, text)| (&**name, text.clone())).collect();
            fields.push(("at", json::object(&at)));
        }
        Some(json::object(&[("predict", json::object(&fields))]))
    }

    /// The law and its fit.
    fn solved(&self) -> Option<Solved> {
        let mut fields = vec![("law", question::law(&self.law))];
        match &self.fit {
            Fit::Published(id) if id.is_empty() => {}
            Fit::Published(id) => fields.push(("fit", json::string(id))),
            Fit::Yours(text) => fields.push(("fit", Json::read(text)?.as_text().to_owned())),
        }
        Some(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;
    use crate::laws::LAWS;
    use crate::web::frontier::along::{Axis, Spacing};

    fn law(id: &str) -> Listed {
        LAWS.iter().filter(|law| law.id == id).find_map(|law| Listed::of(law)).unwrap()
    }

    fn answered(question: &str) -> serde_json::Value {
        serde_json::from_str(&answer_text(question, &mut |_| {})).unwrap()
    }

    #[test]
    fn bands_come_of_the_first_draws() {
        let listed = law("chinchilla");
        let table =
            "E,A,alpha,B,beta\n1.8,470,0.34,2100,0.36\n1.9,480,0.35,2200,0.37\n1.7,490,0.36,2300,0.35\n";
        let draws = Draws::read_table(table).unwrap();
        assert_eq!(draws.len(), 3);
        let mut chosen = Chosen { refits: "2".to_owned(), ..Chosen::default() };
        chosen.across.steps = "2".to_owned();
        chosen.up = Axis { spacing: Spacing::List, from: "1T, 2T".to_owned(), ..chosen.up };
        let sweep = chosen.sweep(&listed, &draws, &Draws::default()).unwrap();
        assert_eq!((sweep.shape, sweep.entries, sweep.columns()), ([2, 2], 3, 5));
        let answer = answered(&sweep.whole());
        let told = &answer["sweep"]["columns"]["D/N"];
        assert!(told["q05"][0].as_f64().unwrap() < told["q95"][0].as_f64().unwrap(), "{answer}");
        // Its parts are those of the whole.
        let part = answered(&sweep.cells(1, 3));
        assert_eq!(part["sweep"]["columns"]["D/N"]["value"][0], told["value"][1]);
        chosen.toggle_against();
        let against = chosen.sweep(&listed, &draws, &Draws::default()).unwrap();
        let (text, numbers) = crate::ask::answer_beside(&against.whole(), &mut |_| {});
        assert_eq!((against.columns(), numbers.len()), (COLUMNS, COLUMNS * 4), "{text}");
        let named = answered(&against.whole())["sweep"]["columns"]["D/N"].clone();
        for (name, numbers) in against.numbers().names().iter().zip(numbers.chunks(4)) {
            assert_eq!(named[name][1].as_f64(), Some(numbers[1]), "{name}");
        }
        let rows = chosen.rows(&listed, 5.76e23, &[1e12, 2e12], &draws).unwrap();
        let answer = answered(&rows.whole());
        assert_eq!(answer["sweep"]["columns"].as_object().unwrap().len(), 5, "{answer}");
    }
}
