//! Small systems against their own residuals, Hilbert's known inverse, and every set of columns.

use isoflop::num::algebra::{Cholesky, nnls_gram, solve, symmetric_eigen};
use isoflop::num::{lanes::dot, rng::Stream};

/// `k` columns of `n` random numbers from -1 to 1.
fn random_columns(stream: &mut Stream, k: usize, n: usize) -> Vec<Vec<f64>> {
    (0..k).map(|_| (0..n).map(|_| 2.0 * stream.unit() - 1.0).collect()).collect()
}

fn gram(columns: &[Vec<f64>]) -> Vec<f64> {
    columns.iter().flat_map(|a| columns.iter().map(move |b| dot(a, b))).collect()
}

fn times(a: &[f64], x: &[f64]) -> Vec<f64> {
    a.chunks(x.len()).map(|row| dot(row, x)).collect()
}

/// The largest difference of two vectors.
fn distance(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).fold(0.0, |worst, (a, b)| if (a - b).abs() <= worst { worst } else { (a - b).abs() })
}

fn hilbert(k: usize) -> Vec<f64> {
    (0..k * k).map(|at| 1.0 / ((at / k + at % k + 1) as f64)).collect()
}

#[test]
fn cholesky_solves_what_elimination_solves() {
    let mut stream = Stream::new(1, 0);
    for k in 1..=16 {
        let a = gram(&random_columns(&mut stream, k, 3 * k));
        let b: Vec<f64> = (0..k).map(|_| stream.unit()).collect();
        let (mut l, mut x) = (a.clone(), b.clone());
        Cholesky::factor(&mut l, k).unwrap().solve(&mut x);
        assert!(distance(&times(&a, &x), &b) < 1e-13);
        assert!(distance(&x, &solve(&a, &b).unwrap()) < 1e-12);
    }
}

#[test]
fn the_inverse_of_hilberts_matrix_has_its_whole_numbers() {
    let mut l = hilbert(4);
    let factor = Cholesky::factor(&mut l, 4).unwrap();
    let mut column = [1.0, 0.0, 0.0, 0.0];
    factor.solve(&mut column);
    // Condition number 15 514.
    assert!(distance(&column, &[16.0, -120.0, 240.0, -140.0]) < 1e-9);
    let mut half = [1.0, 0.0, 0.0, 0.0];
    factor.forward(&mut half);
    assert!((dot(&half, &half) - 16.0).abs() < 1e-10);
}

#[test]
fn a_matrix_that_is_positive_only_by_rounding_is_refused() {
    for mut a in [
        vec![1.0, 1.0, 1.0, 1.0 + 5e-15],
        vec![1.0, 2.0, 2.0, 1.0],
        vec![0.0],
        vec![-1.0],
        vec![f64::NAN],
        vec![f64::INFINITY],
        hilbert(13),
    ] {
        let k = (1..14).find(|k| k * k == a.len()).unwrap();
        assert!(Cholesky::factor(&mut a, k).is_none());
    }
    assert!(Cholesky::factor(&mut [1.0, 1.0, 1.0, 1.0 + 2e-14], 2).is_some());
}

#[test]
fn elimination_needs_no_symmetry_and_refuses_what_is_singular() {
    let a = [0.0, 1.0, 2.0, 1.0, 0.0, 3.0, 4.0, -3.0, 8.0];
    let x = solve(&a, &[1.0, 2.0, 3.0]).unwrap();
    assert!(distance(&times(&a, &x), &[1.0, 2.0, 3.0]) < 1e-14);
    assert_eq!(solve(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0], &[1.0, 0.0, 0.0]), None);
    assert_eq!(solve(&[f64::NAN], &[1.0]), None);
    assert_eq!(solve(&[1e-300], &[1e300]), None);
    assert_eq!(solve(&[], &[]), Some(vec![]));
}

#[test]
fn eigenvectors_are_what_the_matrix_only_stretches() {
    let mut stream = Stream::new(2, 0);
    for k in 1..=10 {
        let a = gram(&random_columns(&mut stream, k, k + 2));
        let eigen = symmetric_eigen(&a, k).unwrap();
        assert!(eigen.values.is_sorted());
        for (value, vector) in eigen.values.iter().zip(&eigen.vectors) {
            let stretched: Vec<f64> = vector.iter().map(|x| x * value).collect();
            assert!(distance(&times(&a, vector), &stretched) < 1e-13);
            assert!((dot(vector, vector) - 1.0).abs() < 1e-14);
        }
    }
}

#[test]
fn the_smallest_eigenvalue_tells_a_minimum_from_a_saddle() {
    // The smallest eigenvalue of Hilbert's matrix of order 5 (mpmath, 30 digits).
    let eigen = symmetric_eigen(&hilbert(5), 5).unwrap();
    assert!((eigen.values[0] - 3.287_928_772_171_863e-6).abs() < 1e-15);
    assert!(symmetric_eigen(&[1.0, 0.0, 2.0, 1.0], 2).unwrap().values[0] < 0.0);
    assert_eq!(symmetric_eigen(&[f64::NAN], 1), None);
}

#[test]
fn a_matrix_of_nothing_has_no_eigenvalues() {
    let eigen = symmetric_eigen(&[], 0).unwrap();
    assert_eq!((eigen.values.len(), eigen.vectors.len()), (0, 0));
}

/// The best of the solutions on every set of columns that is not negative: 2^k of them.
fn best_of_all_sets(g: &[f64], c: &[f64], k: usize) -> f64 {
    let mut best = 0.0;
    for set in 1_u32..1 << k {
        let members: Vec<usize> = (0..k).filter(|i| set >> i & 1 == 1).collect();
        let a: Vec<f64> = members.iter().flat_map(|i| members.iter().map(move |j| g[i * k + j])).collect();
        let b: Vec<f64> = members.iter().map(|&i| c[i]).collect();
        if let Some(x) = solve(&a, &b).filter(|x| x.iter().all(|&x| x >= 0.0)) {
            best = if dot(&x, &b) > best { dot(&x, &b) } else { best };
        }
    }
    best
}

#[test]
fn no_set_of_columns_is_better_than_the_one_that_nnls_frees() {
    let mut stream = Stream::new(3, 0);
    for trial in 0..3000 {
        let k = 1 + trial % 8;
        let mut columns = random_columns(&mut stream, k, k + 4);
        let target = random_columns(&mut stream, 1, k + 4).remove(0);
        // Units as far apart as those of E and A N^-alpha.
        for (i, column) in columns.iter_mut().enumerate() {
            for x in column {
                *x *= [1.0, 1e-6, 1e5][i % 3];
            }
        }
        let g = gram(&columns);
        let c: Vec<f64> = columns.iter().map(|column| dot(column, &target)).collect();
        let mut x = vec![f64::NAN; k];
        nnls_gram(&g, &c, &mut x);
        assert!(x.iter().all(|&x| x >= 0.0), "{x:?}");
        let fall = 2.0 * dot(&c, &x) - dot(&x, &times(&g, &x));
        let best = best_of_all_sets(&g, &c, k);
        assert!((fall - best).abs() <= 1e-10 * best.abs(), "{trial}: {fall} {best}");
    }
}

#[test]
fn nnls_takes_what_is_degenerate() {
    // Twice the same column, a column of zeros, a target that every column leads away from.
    let mut x = [f64::NAN; 3];
    nnls_gram(&[1.0, 1.0, 0.0, 1.0, 1.0, 0.0, 0.0, 0.0, 0.0], &[2.0, 2.0, 0.0], &mut x);
    assert_eq!(x, [2.0, 0.0, 0.0]);
    nnls_gram(&[f64::NAN, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 1.0], &[1.0, 3.0, -1.0], &mut x);
    assert_eq!(x, [0.0, 3.0, 0.0]);
    nnls_gram(&[1.0, 0.5, 0.5, 0.5, 1.0, 0.5, 0.5, 0.5, 1.0], &[-1.0, -2.0, -3.0], &mut x);
    assert_eq!(x, [0.0; 3]);
    nnls_gram(&[], &[], &mut []);
}
