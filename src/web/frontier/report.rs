//! What a sweep says where the cursor stands as texts to copy: a sentence with its sources, tables of the rows, JSON.

use std::sync::Arc;

use super::along::Along;
use super::chosen::{Chosen, Find, Show, View};
use super::listed::Listed;
use super::pinned::{Answer, NO_PLAN};
use crate::units::{read, whole};
use crate::web::json;
use crate::web::link::VERSION;
use crate::web::question::Fit;
use crate::web::report::Form;
use crate::web::report::text;
use crate::web::words;

/// What a report is about.
#[derive(Clone, Debug, PartialEq)]
pub struct About {
    /// What the reader has chosen.
    pub chosen: Chosen,
    /// The laws that it names.
    pub laws: Vec<Listed>,
    /// What was told of the row of the cursor and of those that are pinned.
    pub answer: Arc<Answer>,
    /// What the map shows at the cursor, in words; nothing while that is still to come.
    pub reading: Option<String>,
    /// All numbers of its cell, as JSON, once that is done.
    pub cell: Option<String>,
}

impl About {
    /// The report in every form that there is: what the page calls them, and the texts; `link` opens the sweep.
    pub fn texts(&self, link: &str) -> Vec<(&'static str, String)> {
        let sentence = self.reading.as_ref().map(|reading| (Form::Sentence, self.sentence(reading, link)));
        let rows = [
            (Form::Markdown, self.markdown(link)),
            (Form::Latex, self.latex(link)),
            (Form::Json, self.json()),
        ];
        sentence.into_iter().chain(rows).map(|(form, text)| (form.name(), text)).collect()
    }

    fn sentence(&self, reading: &str, link: &str) -> String {
        let by = [Some(self.by()), self.beside()].into_iter().flatten().collect::<Vec<_>>().join(", beside ");
        one_line(&format!("{} ({by}; Isoflop {VERSION}, {link}).", self.says(reading)))
    }

    /// The reading with where it is of.
    fn says(&self, reading: &str) -> String {
        let at = words::listed(&self.at().chain(self.given()).collect::<Vec<_>>());
        let plane = &self.answer.plane;
        if plane.view != View::Own {
            return format!("{} given {at}: {reading}", plane.show.title());
        }
        let says = match (self.chosen.find, plane.show) {
            _ if reading.starts_with(NO_PLAN) => "there is",
            (Find::Loss, _) => "the loss is",
            (Find::Plan, Show::Loss) => "the lowest loss is",
            (Find::Plan, _) => "the plan of lowest loss has",
        };
        format!("Given {at}, {says} {reading}")
    }

    /// Where the cursor stands across and upwards, in words.
    fn at(&self) -> impl Iterator<Item = String> {
        let Answer { plane, rows, at, .. } = &*self.answer;
        let up = plane.up.as_ref().zip(self.answer.own());
        let up = up.map(|((along, values), own)| (along, values.get(rows[own].at)));
        let across = (&plane.across.0, plane.across.1.get(*at));
        let places = std::iter::once(across).chain(up);
        places.filter_map(|(along, value)| Some(along.says(*value?, &plane.law)))
    }

    /// What is the same all over the sweep, in words: a budget that no axis runs along, and what else the law depends on.
    fn given(&self) -> impl Iterator<Item = String> {
        let (chosen, law) = (&self.chosen, &self.answer.plane.law);
        let has_budget = chosen.find == Find::Plan && !chosen.runs_along(&Along::Budget);
        let budget = has_budget.then_some((Along::Budget, &*chosen.budget));
        let need = |name: &str| (Along::Input(name.to_owned()), chosen.need(name));
        let given = budget.into_iter().chain(chosen.needed(law).into_iter().map(need));
        given.filter_map(|(along, text)| Some(along.says(read(text, along.unit(law)).ok()?.value, law)))
    }

    /// The law, the fit and where that stands.
    fn by(&self) -> String {
        cited(&self.answer.plane.law, &self.chosen.fit)
    }

    /// The same of what the map compares with.
    fn beside(&self) -> Option<String> {
        let other = self.chosen.against.as_ref().filter(|_| self.answer.plane.view != View::Own)?;
        let law = self.laws.iter().find(|law| law.id == other.law)?;
        Some(cited(law, &Fit::Published(other.fit.clone())))
    }

    /// What is to be said under a table of the rows.
    fn under(&self) -> String {
        let refits = self.answer.refits;
        let refits = (refits > 0).then(|| format!("{} refits", whole(refits as f64)));
        one_line(&self.given().chain(refits).chain([self.by()]).collect::<Vec<_>>().join("; "))
    }

    /// A column of names before those of numbers, their heads, and the rows.
    fn table(&self) -> (String, Vec<String>, Vec<Vec<String>>) {
        let answer = &self.answer;
        let heads = answer.heads().into_iter().map(str::to_owned);
        let heads: Vec<String> = std::iter::once(answer.corner()).chain(heads).collect();
        let cells = |place| answer.cells(place).into_iter().map(str::to_owned);
        let rows = answer.rows.iter().enumerate();
        let rows = rows.map(|(place, row)| std::iter::once(answer.name(row)).chain(cells(place)).collect());
        (format!("l{}", "r".repeat(heads.len() - 1)), heads, rows.collect())
    }

    fn markdown(&self, link: &str) -> String {
        let (columns, heads, rows) = self.table();
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let table = text::markdown(&columns, &heads, &rows);
        format!("{table}\n{}. [Isoflop {VERSION}]({link})\n", self.under())
    }

    fn latex(&self, link: &str) -> String {
        let (columns, heads, rows) = self.table();
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        text::tabular(&format!("{}. Isoflop {VERSION}, {link}", self.under()), &columns, &heads, &rows)
    }

    /// The Question of the rows with its Answer, and the cell of the cursor with its place among them.
    fn json(&self) -> String {
        let or_null = |text: Option<String>| text.unwrap_or_else(|| "null".to_owned());
        let reading = self.reading.as_ref().map(|reading| json::string(&one_line(reading)));
        let cursor = json::object(&[
            ("row", or_null(self.answer.own().map(|row| row.to_string()))),
            ("reading", or_null(reading)),
            ("columns", or_null(self.cell.clone())),
        ]);
        json::object(&[
            ("question", &*self.answer.question),
            ("answer", &*self.answer.text),
            ("cursor", &*cursor),
        ])
    }
}

/// A law, one of its fits and where that stands.
fn cited(law: &Listed, fit: &Fit) -> String {
    let (name, source) = match fit {
        Fit::Yours(_) => ("values of one’s own", ""),
        Fit::Published(id) => law.fit(id).map_or((&**id, ""), |fit| (&fit.name, &fit.source)),
    };
    [&law.name, name, source].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// Text without the spaces and the ends of lines that a name may have: in LaTeX a comment ends with its line.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ask::answer_text;
    use crate::laws::LAWS;
    use crate::web::frontier::chosen::Other;
    use crate::web::frontier::field::Field;
    use crate::web::frontier::lines::Row;
    use crate::web::frontier::map::{self, Plane};
    use crate::web::frontier::pinned::told;
    use crate::web::frontier::questions::Draws;

    const LINK: &str = "https://isoflop.example/frontier/?refits=2&v=0";
    const DRAWS: &str = "E,A,alpha,B,beta\n1.8,470,0.34,2100,0.36\n1.9,480,0.35,2200,0.37\n";

    fn laws() -> Vec<Listed> {
        LAWS.iter().filter_map(|law| Listed::of(law)).collect()
    }

    /// Three budgets by three amounts served, the cursor in the middle and the last row pinned.
    fn usual() -> Chosen {
        let mut chosen = Chosen { refits: "2".to_owned(), ..Chosen::default() };
        (chosen.across.steps, chosen.up.steps) = ("3".to_owned(), "3".to_owned());
        chosen
    }

    /// What the page would know, once the engine has told all of it.
    fn known(chosen: Chosen) -> About {
        let laws = laws();
        let law = laws.iter().find(|law| law.id == chosen.law).unwrap();
        let draws = Draws::read_table(DRAWS).unwrap();
        let sweep = chosen.sweep(law, &draws, &Draws::default()).unwrap();
        let other = chosen.against.as_ref().map(|other| other.name(&laws)).unwrap_or_default();
        let plane = Plane::of(&chosen, law, sweep.numbers()).unwrap();
        let plane = Plane { view: chosen.view, other, ..plane };
        let (_, numbers) = crate::ask::answer_beside(&sweep.whole(), &mut |_| {});
        let mut field = Field::new(sweep.shape, sweep.columns());
        field.put(&(0..sweep.len()), &numbers).unwrap();
        let has_rows = plane.up.is_some();
        let rows = if has_rows { vec![(1, true), (2, false)] } else { vec![(0, true)] };
        let rows: Vec<Row> = rows.into_iter().map(|(at, yours)| Row { at, yours }).collect();
        let up: Vec<f64> =
            plane.up.iter().flat_map(|(_, values)| rows.iter().map(|row| values[row.at])).collect();
        let asked = chosen.rows(law, plane.across.1[1], &up, &draws).unwrap();
        let (question, refits) = (asked.whole(), asked.entries - 1);
        let text = answer_text(&question, &mut |_| {});
        let told = told(&text, &chosen.shown(), rows.len()).unwrap();
        let at = [1, usize::from(has_rows)];
        let reading = plane.said_of(&field, at);
        let cell = map::cell(&plane, &field, at);
        let answer = Answer { plane, rows, at: 1, told, refits, question, text: text.into() };
        About { chosen, laws, answer: Arc::new(answer), reading, cell }
    }

    fn text(about: &About, form: Form) -> String {
        let texts = about.texts(LINK);
        texts.into_iter().find(|(name, _)| *name == form.name()).unwrap().1
    }

    #[test]
    fn the_reading_is_said_with_law_fit_source_version_and_link() {
        let source = "Besiroglu, Erdil, Barnett and You (2024), arXiv:2404.10102, data/svg_extracted_data.csv, the 240 \
                      runs of lowest loss";
        assert_eq!(
            text(&known(usual()), Form::Sentence),
            format!(
                "Given 3.16 × 10²³ FLOPs and 1.00 T tokens served, the plan of lowest loss has 36.0 tokens per parameter \
                 (Chinchilla parametric loss, Refit of 240 runs, {source}; Isoflop {VERSION}, {LINK})."
            )
        );
        let loss = Chosen { show: Show::Loss, ..usual() };
        assert!(
            text(&known(loss), Form::Sentence).contains(" served, the lowest loss is 2.001 nats per token (")
        );
        let training = Chosen { show: Show::Training, ..usual() };
        let says = " the plan of lowest loss has 79 % of the budget spent on training (";
        assert!(text(&known(training), Form::Sentence).contains(says));
    }

    #[test]
    fn tables_have_the_rows_of_the_page_and_say_what_they_are_of() {
        let about = known(usual());
        let markdown = text(&about, Form::Markdown);
        let lines: Vec<&str> = markdown.lines().collect();
        assert_eq!(
            lines[0],
            "| Pinned, at 3.16 × 10²³ FLOPs | Size | Tokens | Tokens per parameter | 90 % of refits | Loss | Spent on training |"
        );
        assert_eq!(lines[1], "|---|---:|---:|---:|---:|---:|---:|");
        assert_eq!(
            lines[2],
            "| 1.00 T tokens served | 33.9 B | 1.22 T | 36.0 | 36.7 to 37.6 | 2.001 | 79 % |"
        );
        assert!(lines[3].starts_with("| 100 T tokens served | 1.35 B |"), "{markdown}");
        assert!(lines[5].starts_with("2 refits; Chinchilla parametric loss, Refit of 240 runs, Besiroglu"));
        assert!(lines[5].ends_with(&format!("lowest loss. [Isoflop {VERSION}]({LINK})")), "{markdown}");

        let latex = text(&about, Form::Latex);
        let lines: Vec<&str> = latex.lines().collect();
        assert!(lines[0].starts_with("% 2 refits; Chinchilla parametric loss,"), "{latex}");
        assert!(lines[0].ends_with(&format!(". Isoflop {VERSION}, {LINK}")), "{latex}");
        assert!(lines.contains(&"\\begin{tabular}{lrrrrrr}"), "{latex}");
        let row = "1.00 T tokens served & 33.9 B & 1.22 T & 36.0 & 36.7 to 37.6 & 2.001 & 79 \\% \\\\";
        assert!(lines.contains(&row), "{latex}");
    }

    #[test]
    fn json_has_every_digit_of_the_rows_and_the_question_that_finds_them_again() {
        let json: serde_json::Value = serde_json::from_str(&text(&known(usual()), Form::Json)).unwrap();
        let again: serde_json::Value =
            serde_json::from_str(&answer_text(&json["question"].to_string(), &mut |_| {})).unwrap();
        assert_eq!(json["answer"], again);
        let cursor = &json["cursor"];
        assert_eq!((&cursor["row"], &cursor["reading"]), (&0.into(), &"36.0 tokens per parameter".into()));
        let values = [&cursor["columns"]["D/N"]["value"], &again["sweep"]["columns"]["D/N"]["value"][0]];
        let [of_map, of_row] = values.map(|value| value.as_f64().unwrap());
        // The axis of the map has its values from its ends, the rows theirs from a list.
        assert!((of_map / of_row - 1.0).abs() < 1e-12, "{of_map} {of_row}");
    }

    #[test]
    fn a_comparison_cites_both() {
        let against = Some(Other { law: "chinchilla".to_owned(), fit: "hoffmann2022".to_owned() });
        let about = known(Chosen { against, view: View::More, ..usual() });
        let sentence = text(&about, Form::Sentence);
        let says = "Tokens per parameter given 3.16 × 10²³ FLOPs and 1.00 T tokens served: 0.400 of what Hoffmann 2022 says (";
        assert!(sentence.starts_with(says), "{sentence}");
        assert!(
            sentence
                .contains("lowest loss, beside Chinchilla parametric loss, Hoffmann 2022, Hoffmann et al.")
        );
        // The rows are of one law alone.
        assert!(!text(&about, Form::Markdown).contains("Hoffmann"));
    }

    #[test]
    fn what_no_axis_says_is_said_too() {
        let mut chosen = Chosen { refits: "0".to_owned(), budget: "1e24".to_owned(), ..usual() };
        let laws = laws();
        let law = |id: &str| laws.iter().find(|law| law.id == id).unwrap();
        chosen.choose_law(law("kumar-uniform"), "");
        chosen.choose_axis(0, Some(Along::MostTokens), law("kumar-uniform"));
        chosen.choose_axis(1, None, law("kumar-uniform"));
        chosen.across.steps = "3".to_owned();
        chosen.write_need("P", "8".to_owned());
        let about = known(chosen);
        let sentence = text(&about, Form::Sentence);
        let given = "Given at most 1.00 T tokens, 1.00 × 10²⁴ FLOPs and P 8.00, ";
        assert!(sentence.starts_with(given), "{sentence}");
        let fit = law("kumar-uniform").fit("").unwrap();
        assert!(sentence.contains(&format!(", {}, {}; Isoflop", fit.name, fit.source)), "{sentence}");
        let markdown = text(&about, Form::Markdown);
        assert!(markdown.contains("\n| Here | "), "{markdown}");
        assert!(markdown.contains("\n1.00 × 10²⁴ FLOPs; P 8.00; "), "{markdown}");
    }

    #[test]
    fn a_reading_that_is_still_to_come_is_not_said() {
        let about = About { reading: None, cell: None, ..known(usual()) };
        let names: Vec<&str> = about.texts(LINK).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, ["Markdown", "LaTeX", "JSON"]);
        let json: serde_json::Value = serde_json::from_str(&text(&about, Form::Json)).unwrap();
        assert!(json["cursor"]["reading"].is_null() && json["cursor"]["columns"].is_null(), "{json}");
    }

    #[test]
    fn the_name_of_a_law_ends_no_line() {
        let mut about = known(usual());
        let mut answer = (*about.answer).clone();
        answer.plane.law.name = "L = E\n\\input{it}".to_owned();
        about.answer = Arc::new(answer);
        about.chosen.fit = Fit::Yours("{}".into());
        let latex = text(&about, Form::Latex);
        let comment = "% 2 refits; L = E \\input{it}, values of one’s own. Isoflop ";
        assert!(latex.starts_with(comment), "{latex}");
    }
}
