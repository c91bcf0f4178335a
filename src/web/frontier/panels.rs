//! Small maps side by side, one for each value of a third axis: the picture of the map at a few values of something else.

use super::along::{Along, Mistake, Values};
use super::chosen::Chosen;
use super::listed::Listed;
use super::map::Plane;
use super::questions::Numbers;
use crate::figure::Grid;

/// So many panels at most.
pub const MOST: usize = 6;
/// So many points has each of them at most, across and upwards: it is small.
const POINTS: [usize; 2] = [41, 21];

/// What the panels are of.
#[derive(Clone, Debug, PartialEq)]
pub struct Panels {
    /// What changes from panel to panel, and to what.
    pub by: (Along, Vec<f64>),
    /// What each of them shows.
    pub plane: Plane,
    /// The question for all of them.
    pub question: String,
}

impl Chosen {
    /// The values of the axis from panel to panel; none where there is no such axis.
    ///
    /// # Errors
    /// Why they cannot be read, or that they are too many.
    pub fn panel_values(&self, law: &Listed) -> Result<Option<Values>, Mistake> {
        let Some(along) = self.by.along() else { return Ok(None) };
        let values = self.by.read(along.unit(law))?;
        if values.len() > MOST {
            let message = format!("expected at most {MOST} panels; got {}", values.len());
            return Err(Mistake { field: self.by.counting(), message });
        }
        Ok(Some(values))
    }

    /// The panels, where there are some and all can be read: they are of both axes of the map.
    pub fn panels(&self, law: &Listed) -> Option<Panels> {
        let by = self.panel_values(law).ok()??;
        let [across, up] = self.values(law).ok()?;
        let (across, up) = (across?.coarse(POINTS[0]), up?.coarse(POINTS[1]));
        let question = self.sweep_of_panels(law, [&across, &up, &by])?.whole();
        let mut plane = Plane::of(self, law, Numbers { ends: 0, compared: false })?;
        plane.across.1 = across.all();
        plane.up.as_mut()?.1 = up.all();
        Some(Panels { by: (self.by.along()?, by.all()), plane, question })
    }
}

impl Panels {
    /// What stands over all of them: `Tokens per parameter, by most tokens`.
    pub fn title(&self) -> String {
        format!("{}, by {}", self.plane.title(), self.by.0.name(&self.plane.law))
    }

    /// What stands over each.
    pub fn titles(&self) -> Vec<String> {
        let (along, values) = &self.by;
        values.iter().map(|value| along.says(*value, &self.plane.law)).collect()
    }

    /// The surface of each, from the numbers of all cells.
    pub fn surfaces(&self, numbers: &[f64]) -> Vec<Grid> {
        let [rows, columns] = self.plane.shape();
        numbers.chunks_exact((rows * columns).max(1)).map(|values| self.plane.grid(values)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::along::{Axis, Field, Spacing};
    use super::*;
    use crate::ask::answer_beside;
    use crate::laws::LAWS;

    fn law(id: &str) -> Listed {
        LAWS.iter().filter(|law| law.id == id).find_map(|law| Listed::of(law)).unwrap()
    }

    fn list(along: &Along, values: &str) -> Axis {
        Axis { of: along.key(), spacing: Spacing::List, from: values.to_owned(), ..Axis::default() }
    }

    /// What the engine tells of each panel.
    fn surfaces(panels: &Panels) -> Vec<Grid> {
        let (answer, numbers) = answer_beside(&panels.question, &mut |_| {});
        assert!(answer.contains("\"sweep\""), "{answer}");
        panels.surfaces(&numbers)
    }

    #[test]
    fn each_panel_is_the_map_at_its_value() {
        let chinchilla = law("chinchilla");
        let mut chosen = Chosen { by: list(&Along::MostTokens, "1T, 10T, 1000T"), ..Chosen::default() };
        let panels = chosen.panels(&chinchilla).unwrap();
        assert_eq!(panels.title(), "Tokens per parameter, by most tokens");
        assert_eq!(panels.titles().len(), 3);
        let found = surfaces(&panels);
        assert_eq!((found.len(), panels.plane.shape()), (3, [21, 41]));
        // The last limit is none for any plan of the map, the first is one for most.
        chosen.by = Axis::default();
        assert_eq!(chosen.panels(&chinchilla), None);
        let open = chosen.coarse(&chinchilla, [41, 21]).unwrap();
        let (_, numbers) = answer_beside(&open.whole(), &mut |_| {});
        assert_eq!(found[2], panels.plane.grid(&numbers));
        assert!(found[0].values.iter().zip(&found[2].values).any(|(a, b)| a < b));
    }

    #[test]
    fn a_budget_and_an_input_go_from_panel_to_panel_in_the_place_of_what_is_typed() {
        let kumar = law("kumar-uniform");
        let mut chosen = Chosen::default();
        chosen.choose_law(&kumar, "");
        chosen.choose_axis(0, Some(Along::MostTokens), &kumar);
        chosen.choose_axis(1, Some(Along::LargestSize), &kumar);
        chosen.write_need("P", "8".to_owned());
        for (by, values) in [(Along::Budget, "1e20, 1e22"), (Along::Input("P".to_owned()), "4, 6")] {
            chosen.by = list(&by, values);
            let panels = chosen.panels(&kumar).unwrap();
            let found = surfaces(&panels);
            assert_eq!(found.len(), 2);
            assert!(found[0].values != found[1].values, "{by:?}");
        }
    }

    #[test]
    fn too_many_panels_are_refused_where_their_number_is_typed() {
        let chinchilla = law("chinchilla");
        let mut chosen = Chosen::default();
        chosen.choose_panels(Some(Along::MostTokens), &chinchilla);
        assert_eq!(chosen.panel_values(&chinchilla).unwrap().unwrap().len(), 4);
        chosen.by.steps = "7".to_owned();
        let mistake = chosen.panel_values(&chinchilla).unwrap_err();
        assert_eq!(
            (mistake.field, mistake.message.as_str()),
            (Field::Steps, "expected at most 6 panels; got 7")
        );
        assert_eq!(chosen.panels(&chinchilla), None);
        // An axis of the map is none of panels.
        chosen.choose_panels(Some(Along::Demand), &chinchilla);
        assert_eq!(chosen.by, Axis::default());
    }
}
