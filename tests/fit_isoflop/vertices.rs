//! Vertices and power laws of measured profiles.

use isoflop::fit::isoflop::{Of, Reason};

use super::measured::Measured;
use super::{EXACT, Table, chinchilla, close, group, porian, printed, sizes, used};

#[test]
fn chinchillas_points_give_the_known_exponents() {
    let Some((kept, all)) = chinchilla() else { return };
    let found = all.given(None, Of::Loss);
    assert_eq!((used(&found), found.groups.len()), (8, 9));
    close("a of 245", sizes(&found).exponent, 0.494482301423, EXACT);
    close("k of 245", sizes(&found).log10_coefficient, -0.944202749515, EXACT);
    printed("se of a", sizes(&found).exponent_se.unwrap(), "0.02539");
    printed("se of k", sizes(&found).coefficient_se.unwrap(), "0.5107");
    let found = kept.given(None, Of::Loss);
    assert_eq!((used(&found), found.groups.len()), (8, 9));
    close("a of 240", sizes(&found).exponent, 0.510451163784, EXACT);
    close("k of 240", sizes(&found).log10_coefficient, -1.27741851218, EXACT);
    printed("se of a", sizes(&found).exponent_se.unwrap(), "0.02144");
    printed("se of k", sizes(&found).coefficient_se.unwrap(), "0.4312");
}

#[test]
fn where_compute_is_6nd_the_exponents_add_up_to_one_exactly() {
    let Some((kept, _)) = chinchilla() else { return };
    let found = kept.given(None, Of::Loss);
    assert!(found.six_nd);
    assert_eq!(found.exponent_sum(), Some(1.0));
    let laws = found.power_laws.unwrap();
    assert_eq!(laws.d.exponent, 1.0 - laws.n.exponent);
    close("kb", laws.d.log10_coefficient, -(6_f64.log10()) - laws.n.log10_coefficient, EXACT);
    for vertex in
        found.groups.iter().filter(|group| group.reason.is_none()).map(|group| (group.budget, group.vertex))
    {
        let (budget, Some(vertex)) = vertex else { panic!("a vertex") };
        close("6 N D", 6.0 * vertex.n * vertex.d, budget, 1e-14);
    }
}

#[test]
fn logarithms_of_loss_give_their_own_exponents() {
    let Some((kept, all)) = chinchilla() else { return };
    close("245", sizes(&all.given(None, Of::LogLoss)).exponent, 0.500150013525, EXACT);
    close("240", sizes(&kept.given(None, Of::LogLoss)).exponent, 0.511100161916, EXACT);
}

#[test]
fn a_window_drops_the_budgets_whose_lowest_loss_is_at_the_edge() {
    let Some((kept, all)) = chinchilla() else { return };
    for table in [&kept, &all] {
        let found = table.given(Some(3), Of::Loss);
        assert_eq!(used(&found), 5);
        close("window", sizes(&found).exponent, 0.500485165083, EXACT);
        let dropped = found.groups.iter().filter_map(|group| group.reason).map(Reason::code);
        assert!(
            dropped.clone().any(|code| code == "isoflop.lowest_at_edge"),
            "{:?}",
            dropped.collect::<Vec<_>>()
        );
    }
}

#[test]
fn every_budget_of_chinchilla_has_its_known_vertex() {
    let Some((kept, all)) = chinchilla() else { return };
    let (kept, all) = (kept.given(None, Of::Loss), all.given(None, Of::Loss));
    let rows = [
        (&kept, 6e18, 9, "8.22840422186", "169201505.082", "3.04267784262", "0.51640224", "0.012659"),
        (&all, 1e19, 24, "8.52337504278", "333714473.474", "2.84394627982", "1.2922661", "0.16758"),
        (&kept, 1e19, 19, "8.42489615372", "266008891.685", "2.92014547893", "0.56429363", "0.034758"),
        (&kept, 3e19, 17, "8.69104739636", "490961453.895", "2.73294622639", "0.30262028", "0.011414"),
        (&kept, 6e19, 12, "8.86889504581", "739426559.246", "2.62820612464", "0.26357053", "0.0098291"),
        (&kept, 1e20, 13, "8.70001034575", "501199173.041", "2.54770683724", "0.11005393", "0.015042"),
        (&kept, 3e20, 15, "9.22432655962", "1676202791.63", "2.41655720774", "0.27193118", "0.0097433"),
        (&kept, 6e20, 14, "9.34698895099", "2223253327.52", "2.34694668704", "0.3093973", "0.0077166"),
        (&kept, 1e21, 16, "9.45230006331", "2833348940.79", "2.29579132614", "0.28748263", "0.006782"),
        (&kept, 3e21, 9, "9.60689215832", "4044754420.48", "2.20133029695", "0.25600019", "0.0071643"),
    ];
    for (found, budget, points, log10_n, n, loss, curvature, rms) in rows {
        let group = group(found, budget);
        let vertex = group.vertex.expect("a vertex");
        let label = format!("{budget:e}");
        assert_eq!(group.rows.len(), points, "{label}");
        printed(&label, vertex.log10[0], log10_n);
        printed(&label, vertex.n, n);
        printed(&label, vertex.loss, loss);
        printed(&label, group.curvature.unwrap(), curvature);
        printed(&label, group.rms.unwrap(), rms);
        let reason = group.reason.map(Reason::code);
        assert_eq!(reason, (budget == 1e20).then_some("isoflop.vertex_outside"), "{label}");
    }
}

fn llama() -> Option<Table> {
    Some(Table::new(&Measured::read("facts-no-licence/llama3_isoflop.csv")?, "flops"))
}

#[test]
fn llamas_profiles_give_the_known_law_of_tokens() {
    let Some(table) = llama() else { return };
    for found in [table.given(None, Of::Loss), table.near(None, Of::Loss)] {
        let laws = found.power_laws.unwrap();
        assert_eq!((used(&found), found.groups.len()), (10, 10));
        close("b", laws.d.exponent, 0.536779127095, EXACT);
        close("kb", laws.d.log10_coefficient, -0.523813273627, EXACT);
        printed("coefficient", laws.d.coefficient(), "0.29936");
        printed("se", laws.d.exponent_se.unwrap(), "0.01819");
        let compute = 3.8e25_f64.log10();
        close("D*", 10_f64.powf(laws.d.log10_at(compute)), 1.610203019e13, 5e-10);
        close("N*", 10_f64.powf(laws.n.log10_at(compute)), 3.933251433e11, 5e-10);
    }
    close("ln L", table.given(None, Of::LogLoss).power_laws.unwrap().d.exponent, 0.536685642599, EXACT);
}

#[test]
fn every_budget_of_llama_has_its_known_vertex() {
    let Some(table) = llama() else { return };
    let found = table.given(None, Of::Loss);
    for (budget, log10_d, loss) in [
        (6e18, "9.64427606245", "0.900256440593"),
        (1e19, "9.71054685983", "0.878045770133"),
        (3e19, "9.8784185548", "0.835712039793"),
        (6e19, "10.0619416526", "0.812630008095"),
        (1e20, "10.1852913436", "0.79681990569"),
        (3e20, "10.403267158", "0.764078132409"),
        (6e20, "10.6124149695", "0.748130744146"),
        (1e21, "10.737201048", "0.736042755043"),
        (3e21, "10.9919582182", "0.711738219333"),
        (1e22, "11.3770099272", "0.693115775647"),
    ] {
        let vertex = group(&found, budget).vertex.expect("a vertex");
        printed(&format!("{budget:e}"), vertex.log10[1], log10_d);
        printed(&format!("{budget:e}"), vertex.loss, loss);
    }
}

#[test]
fn porians_profiles_give_the_known_exponents() {
    for (config, a, se, k, groups, of) in [
        ("rw_base_long_kaplan_kaplan_train", 0.864646270842, "0.0174", -7.93707374695, 11, 11),
        ("rw_base_long_kaplan_standard_val", 0.694896684117, "0.0052", -4.69114828386, 10, 12),
        ("rw_base_short_kaplan_standard_val", 0.592957148795, "0.0069", -2.69567824708, 12, 12),
        ("rw_base_short_chinchilla_standard_val", 0.551763415814, "0.0035", -1.94806626227, 12, 12),
        ("rw_tuned_short_const_standard_val", 0.50124317691, "0.0054", -1.00448284715, 12, 12),
        ("rw_base_long_kaplan_attention_train", 0.709416453693, "0.0046", -4.93300005919, 10, 12),
        ("rw_base_short_kaplan_attention_train", 0.601380619596, "0.0067", -2.81655682498, 12, 12),
        ("rw_base_short_chinchilla_attention_train", 0.566944523314, "0.0059", -2.17309740388, 12, 12),
        ("rw_tuned_short_const_attention_train", 0.503697156683, "0.0041", -1.01338304277, 12, 12),
        ("rw_tuned_long_const_kaplan_train", 0.694318578676, "0.0043", -4.76416342505, 11, 11),
    ] {
        let Some(table) = porian(config) else { return };
        let found = table.near(Some(2), Of::Loss);
        assert_eq!((used(&found), found.groups.len()), (groups, of), "{config}");
        close(config, sizes(&found).exponent, a, EXACT);
        close(config, sizes(&found).log10_coefficient, k, EXACT);
        printed(config, sizes(&found).exponent_se.unwrap(), se);
    }
}

#[test]
fn every_budget_of_porian_has_its_known_vertex() {
    let Some(table) = porian("rw_tuned_short_const_standard_val") else { return };
    let found = table.given(Some(2), Of::Loss);
    for (budget, log10_n, loss) in [
        (1.25e16, "7.10220839961", "4.52478466969"),
        (2.5e16, "7.22539510469", "4.35886644383"),
        (5e16, "7.35746635527", "4.19209638181"),
        (1e17, "7.49580244828", "4.0433416527"),
        (2e17, "7.64890311954", "3.8959005919"),
        (4e17, "7.80623635253", "3.76477707826"),
        (8e17, "7.9611420624", "3.63508638273"),
        (1.6e18, "8.11257331948", "3.50878591078"),
        (3.2e18, "8.27290885991", "3.39967986825"),
        (6.4e18, "8.41302171103", "3.28853365394"),
        (1.28e19, "8.57616590177", "3.19412063395"),
        (2.56e19, "8.75466723056", "3.09528797461"),
    ] {
        let group = group(&found, budget);
        let vertex = group.vertex.expect("a vertex");
        printed(&format!("{budget:e}"), vertex.log10[0], log10_n);
        printed(&format!("{budget:e}"), vertex.loss, loss);
        assert_eq!(group.fitted.len(), if budget == 2.56e19 { 4 } else { 5 }, "{budget:e}");
    }
}
