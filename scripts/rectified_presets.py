#!/usr/bin/env python3
"""Constants of the rectified law L = B / (D_l + D^beta) + E, by least squares from many starts.

LaMini-GPT-124M on FLAN: the 14 losses that the README of linhaowei1/Fine-tuning-Scaling-Law (Apache-2.0, Lin et
al., arXiv:2402.02314) prints; least squares of the natural log of the loss.

SynthLLM (Qin et al., arXiv:2503.19551): the paper draws its constants in a figure. They are recovered from the
twelve accuracies of Table 1, with one beta for both sizes and B / D_l = 56.3 for the larger, as the text says:
least squares of the accuracy.

    $(scripts/python.sh) scripts/rectified_presets.py

src/laws/rectified.rs holds what it prints, to ten digits.
"""

import numpy as np
from scipy.optimize import least_squares

EXAMPLES = 200.0 * 2.0 ** np.arange(14)
LOSSES = np.array([
    4.247949918, 4.188166777, 4.086900075, 3.946466605, 3.808449984, 3.645450115, 3.420799971, 3.165299892,
    2.91552496, 2.652625084, 2.382649899, 2.151550055, 1.91655004, 1.742699981,
])

TOKENS = np.array([10e9, 50e9, 250e9, 300e9, 1e12, 4e12])
ACCURACY_3B = np.array([64.6, 74.7, 80.5, 80.9, 83.1, 84.4])
ACCURACY_8B = np.array([73.2, 78.6, 81.4, 81.6, 82.6, 83.2])
ZERO_SHOT_8B = 56.3

# A start that runs off to infinity is no candidate.
np.seterr(all="ignore")


def best(residuals, draw, starts=128):
    """The least squares of the best of many starts, ended at the last bit that helps."""
    random = np.random.default_rng(1)
    ends = []
    for _ in range(starts):
        end = least_squares(residuals, draw(random), x_scale="jac", xtol=1e-15, ftol=1e-15, gtol=1e-15, max_nfev=5000)
        if np.isfinite(end.cost):
            ends.append((end.cost, tuple(end.x)))
    return min(ends)


def lamini(p):
    log_b, log_d, beta, e = p
    return np.log(np.exp(log_b) / (np.exp(log_d) + EXAMPLES**beta) + e) - np.log(LOSSES)


def synthllm(p):
    beta, log_b, log_d, e_3b, log_d_8b, e_8b = p
    small = np.exp(log_b) / (np.exp(log_d) + TOKENS**beta) + e_3b
    large = ZERO_SHOT_8B * np.exp(log_d_8b) / (np.exp(log_d_8b) + TOKENS**beta) + e_8b
    return np.concatenate([100 - small - ACCURACY_3B, 100 - large - ACCURACY_8B])


cost, (log_b, log_d, beta, e) = best(
    lamini, lambda r: [r.uniform(3, 9), r.uniform(2, 8), r.uniform(0.2, 0.8), r.uniform(0.1, 1.6)]
)
print("LaMini-GPT-124M on FLAN: B, D_l, beta, E")
print(f"  {np.exp(log_b):.10g}, {np.exp(log_d):.10g}, {beta:.10g}, {e:.10g}; sum of squares {2 * cost:.5g}")

cost, (beta, log_b, log_d, e_3b, log_d_8b, e_8b) = best(
    synthllm,
    lambda r: [r.uniform(0.3, 0.7), r.uniform(12, 18), r.uniform(8, 13), r.uniform(10, 16), r.uniform(8, 13), r.uniform(10, 16)],
)
print("SynthLLM: B, D_l, beta, E")
print(f"  3B: {np.exp(log_b):.10g}, {np.exp(log_d):.10g}, {beta:.10g}, {e_3b:.10g}")
print(f"  8B: {ZERO_SHOT_8B * np.exp(log_d_8b):.10g}, {np.exp(log_d_8b):.10g}, {beta:.10g}, {e_8b:.10g}")
print(f"  largest residual {np.abs(synthllm([beta, log_b, log_d, e_3b, log_d_8b, e_8b])).max():.3f}")
