#!/usr/bin/env python3
"""Writes statistics.json: what scipy says of samples, for statistics_test.cc to agree with.

By hand, with Debian's python3-scipy: ./make_statistics.py > statistics.json
"""
import json
import warnings

import numpy as np
import scipy
from scipy import stats

random = np.random.default_rng(20261124)


def rounded(values):
    return [float(f"{v:.6g}") for v in values]


def mann_whitney():
    cases = []
    for n, m, shift, ties in [(3, 3, 0, 0), (5, 5, 0.2, 0), (8, 12, 0.1, 0), (25, 25, 0.05, 0),
                              (25, 24, 0, 0), (26, 30, 0.03, 0), (200, 150, 0.01, 0), (9, 9, 0.3, 1),
                              (40, 40, 0.1, 1), (4, 4, 3, 0)]:
        a = random.lognormal(0, 0.1, n)
        b = random.lognormal(shift, 0.1, m)
        if ties:
            a, b = np.round(a, 1), np.round(b, 1)
        a, b = rounded(a), rounded(b)
        is_exact = max(n, m) <= 25 and len(set(a + b)) == n + m
        p = stats.mannwhitneyu(a, b, method="exact" if is_exact else "asymptotic").pvalue
        cases.append({"a": a, "b": b, "p": p})
    return cases


def signed_rank_sum(differences, axis=-1):
    ranks = stats.rankdata(np.abs(differences), axis=axis)
    return np.sum(np.where(differences > 0, ranks, 0), axis=axis)


def signed_rank():
    cases = []
    for n, shift in [(6, 0.2), (8, 0.0), (12, 0.05), (20, 0.03), (50, 0.01)]:
        d = rounded(random.normal(shift, 0.1, n))
        case = {"differences": d, "p": stats.wilcoxon(d, method="exact").pvalue, "level": 0.95}
        # The interval is what the test does not exclude: tried between all means of pairs.
        means = sorted((d[i] + d[j]) / 2 for i in range(n) for j in range(i + 1))
        kept = [(low + high) / 2 for low, high in zip(means, means[1:])
                if stats.wilcoxon(np.array(d) - (low + high) / 2, method="exact").pvalue > 0.05]
        case["low"] = max(v for v in means if v < kept[0])
        case["high"] = min(v for v in means if v > kept[-1])
        case["estimate"] = float(np.median(means))
        cases.append(case)
    for n in (7, 11):  # ties, for which scipy's wilcoxon has no exact distribution
        d = np.round(random.normal(0.1, 0.2, n), 1)
        d = d[d != 0]
        p = stats.permutation_test((d,), signed_rank_sum, permutation_type="samples",
                                   n_resamples=np.inf, vectorized=True).pvalue
        cases.append({"differences": d.tolist(), "p": p})
    return cases


def bootstrap():
    cases = []
    for n, m, sigma in [(5, 5, 0.1), (9, 10, 0.05), (30, 21, 0.3), (200, 300, 0.5)]:
        a, b = rounded(random.lognormal(0, sigma, n)), rounded(random.lognormal(0.1, sigma, m))
        result = stats.bootstrap((b, a), lambda x, y, axis: np.median(x, axis) / np.median(y, axis),
                                 n_resamples=100_000, method="percentile", vectorized=True,
                                 random_state=random)
        cases.append({"numerator": b, "denominator": a, "low": result.confidence_interval.low,
                      "high": result.confidence_interval.high, "error": result.standard_error})
    return cases


def normal():
    return [{"p": p, "z": stats.norm.ppf(p)}
            for p in (1e-12, 1e-6, 0.001, 0.025, 0.2, 0.5, 0.8, 0.975, 0.99999)]


warnings.simplefilter("error")
sections = {"mann_whitney": mann_whitney(), "signed_rank": signed_rank(), "bootstrap": bootstrap(),
            "normal": normal()}
print('{"scipy": "%s"' % scipy.__version__)
for name, cases in sections.items():
    print(', "%s": [' % name + ",\n".join(json.dumps(case) for case in cases) + "]")
print("}")
