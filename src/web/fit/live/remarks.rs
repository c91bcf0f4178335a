//! What stands beside each row of the table: its residual, what is remarkable about it, or why it is not used.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::intake::prepared;
use super::shown::shown;
use crate::web::fit::charts;
use crate::web::ui::lean::Memo;
use crate::web::words::sentence_case;

/// What stands beside rows, by their place in the table.
pub type Remarks = BTreeMap<usize, Remark>;

/// What stands beside a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remark {
    /// Its residual, in percent.
    pub residual: String,
    /// What is remarkable about it.
    pub flags: Vec<String>,
}

/// What stands beside the rows.
pub fn remarks() -> Memo<Arc<Remarks>> {
    let (prepared, shown) = (prepared(), shown());
    Memo::new(move || {
        let mut remarks = Remarks::new();
        prepared.with(|prepared| {
            let Some(prepared) = prepared else { return };
            for (row, flag) in prepared.about.standing.flags.all() {
                remarks.entry(*row).or_default().flags.push(flag.words(&prepared.table));
            }
        });
        shown.predicted.with(|predicted| {
            let Some(predicted) = predicted else { return };
            let residuals = charts::residuals(&predicted.rows, &predicted.losses);
            let flags = charts::flags(&predicted.rows, &residuals);
            for (row, (residual, flag)) in predicted.rows.read.iter().zip(residuals.iter().zip(flags)) {
                let remark = remarks.entry(row.row).or_default();
                remark.residual = residual.map(charts::percent).unwrap_or_default();
                if flag == charts::FAR {
                    remark.flags.push(flag.to_owned());
                }
            }
        });
        Arc::new(remarks)
    })
}

/// Why a row is not used, beside the row: it is known which one that is.
pub fn unused(problem: &str) -> String {
    let why = problem
        .strip_prefix("row ")
        .map_or(problem, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    sentence_case(&format!("not used: {}", why.trim_start_matches([',', ':', ' '])))
}
