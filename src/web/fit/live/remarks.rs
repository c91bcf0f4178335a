//! What stands beside each row of the table: its residual, what is remarkable about it, or why it is not used.

use std::sync::Arc;

use super::intake::prepared;
use super::shown::shown;
use crate::web::fit::charts;
use crate::web::fit::reading::Prepared;
use crate::web::fit::rows::Rows;
use crate::web::ui::lean::Memo;
use crate::web::words::sentence_case;

/// What stands beside the rows of a table.
#[derive(Clone, Default, PartialEq)]
pub struct Remarks {
    prepared: Option<Prepared>,
    residuals: Option<Residuals>,
}

/// The residuals of the rows that can be read, and which of them are large.
#[derive(Clone, PartialEq)]
struct Residuals {
    rows: Arc<Rows>,
    of: Arc<Vec<Option<f64>>>,
    far: Arc<Vec<bool>>,
}

/// What stands beside a row.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Remark {
    /// Its residual, in percent.
    pub residual: String,
    /// What is remarkable about it.
    pub flags: Vec<String>,
}

impl Remarks {
    /// What stands beside a row.
    pub fn of(&self, row: usize) -> Remark {
        let mut remark = Remark::default();
        if let Some(prepared) = &self.prepared {
            let flags = prepared.about.standing.flags.row(row);
            remark.flags.extend(flags.map(|flag| flag.words(&prepared.table)));
        }
        if let Some(Residuals { rows, of, far }) = &self.residuals
            && let Ok(at) = rows.read.binary_search_by_key(&row, |read| read.row)
        {
            remark.residual = of[at].map(charts::percent).unwrap_or_default();
            remark.flags.extend(far[at].then(|| charts::FAR.to_owned()));
        }
        remark
    }
}

/// What stands beside the rows.
pub fn remarks() -> Memo<Remarks> {
    let (prepared, shown) = (prepared(), shown());
    let residuals = Memo::new(move || {
        shown.predicted.with(|predicted| {
            let predicted = predicted.as_ref()?;
            let of = charts::residuals(&predicted.rows, &predicted.losses);
            let far = Arc::new(charts::far(&predicted.rows, &of));
            Some(Residuals { rows: predicted.rows.clone(), of: Arc::new(of), far })
        })
    });
    Memo::new(move || Remarks { prepared: prepared.get(), residuals: residuals.get() })
}

/// Why a row is not used, beside the row: it is known which one that is.
pub fn unused(problem: &str) -> String {
    let why = problem
        .strip_prefix("row ")
        .map_or(problem, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    sentence_case(&format!("not used: {}", why.trim_start_matches([',', ':', ' '])))
}
