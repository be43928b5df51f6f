-- 0071: what turns published scale scores of the national tests 2014-2021 into SSB's corrected scale.
--
-- The published scale understated how results spread and drifted from year to year; Statistics Norway has
-- published, for each test and year, mean and standard deviation before and after the correction:
--   corrected = sd_new / sd_old * (published - mean_old) + mean_new
-- Source: Statistics Norway (SSB), corrected scale scores for national tests 2014-2021, table 1; CC BY 4.0.
-- SPDX-License-Identifier: EUPL-1.2
CREATE TABLE indikator_korreksjon (
    code     TEXT NOT NULL REFERENCES indikator (code),
    period   TEXT NOT NULL,                         -- "2014/15"
    mean_old DOUBLE PRECISION NOT NULL,
    sd_old   DOUBLE PRECISION NOT NULL CHECK (sd_old > 0),
    mean_new DOUBLE PRECISION NOT NULL,
    sd_new   DOUBLE PRECISION NOT NULL CHECK (sd_new > 0),
    PRIMARY KEY (code, period)
);

INSERT INTO indikator_korreksjon (code, period, mean_old, sd_old, mean_new, sd_new) VALUES
    ('NP.ENG.5', '2014/15', 49.97, 9.88, 49.97, 9.59),
    ('NP.ENG.8', '2014/15', 49.99, 9.96, 49.98, 9.73),
    ('NP.REG.5', '2014/15', 49.98, 9.87, 49.99, 9.53),
    ('NP.REG.8', '2014/15', 49.99, 9.94, 49.98, 9.69),
    ('NP.ENG.5', '2015/16', 49.68, 9.85, 48.36, 10.05),
    ('NP.ENG.8', '2015/16', 50.00, 9.88, 50.89, 10.14),
    ('NP.REG.5', '2015/16', 49.97, 9.69, 50.52, 10.03),
    ('NP.REG.8', '2015/16', 50.10, 9.77, 51.68, 9.87),
    ('NP.ENG.5', '2016/17', 49.81, 9.82, 49.34, 10.16),
    ('NP.ENG.8', '2016/17', 50.00, 9.83, 50.99, 9.89),
    ('NP.LES.5', '2016/17', 49.90, 9.84, 49.99, 9.34),
    ('NP.LES.8', '2016/17', 49.92, 9.98, 49.99, 9.53),
    ('NP.REG.5', '2016/17', 49.97, 9.66, 50.59, 10.04),
    ('NP.REG.8', '2016/17', 50.00, 9.72, 50.81, 9.92),
    ('NP.ENG.5', '2017/18', 50.17, 9.68, 50.37, 10.89),
    ('NP.ENG.8', '2017/18', 50.16, 9.70, 50.97, 9.94),
    ('NP.LES.5', '2017/18', 49.97, 9.33, 49.99, 9.98),
    ('NP.LES.8', '2017/18', 50.02, 9.54, 50.54, 10.01),
    ('NP.REG.5', '2017/18', 50.04, 9.59, 50.99, 10.29),
    ('NP.REG.8', '2017/18', 50.08, 9.66, 51.07, 10.07),
    ('NP.ENG.5', '2018/19', 50.26, 9.68, 51.61, 11.51),
    ('NP.ENG.8', '2018/19', 50.22, 9.70, 51.50, 10.18),
    ('NP.LES.5', '2018/19', 49.96, 9.26, 49.42, 10.03),
    ('NP.LES.8', '2018/19', 50.02, 9.49, 50.71, 10.01),
    ('NP.REG.5', '2018/19', 49.98, 9.61, 51.06, 10.65),
    ('NP.REG.8', '2018/19', 49.99, 9.67, 51.10, 10.37),
    ('NP.ENG.5', '2019/20', 50.13, 9.76, 50.50, 12.38),
    ('NP.ENG.8', '2019/20', 50.21, 9.74, 51.66, 10.49),
    ('NP.LES.5', '2019/20', 49.90, 9.25, 48.46, 10.44),
    ('NP.LES.8', '2019/20', 50.01, 9.38, 50.39, 9.58),
    ('NP.REG.5', '2019/20', 49.81, 9.61, 49.84, 10.80),
    ('NP.REG.8', '2019/20', 49.87, 9.57, 50.40, 9.93),
    ('NP.ENG.5', '2020/21', 50.26, 9.77, 51.16, 12.52),
    ('NP.ENG.8', '2020/21', 50.20, 9.63, 52.40, 10.08),
    ('NP.LES.5', '2020/21', 49.86, 9.25, 48.13, 10.32),
    ('NP.LES.8', '2020/21', 49.81, 9.47, 48.78, 9.66),
    ('NP.REG.5', '2020/21', 49.71, 9.59, 48.24, 11.40),
    ('NP.REG.8', '2020/21', 49.73, 9.66, 49.11, 10.37),
    ('NP.ENG.5', '2021/22', 50.52, 9.79, 53.34, 12.67),
    ('NP.ENG.8', '2021/22', 50.38, 9.61, 53.49, 10.07),
    ('NP.LES.5', '2021/22', 49.90, 9.17, 48.65, 10.83),
    ('NP.LES.8', '2021/22', 49.81, 9.54, 48.41, 9.79),
    ('NP.REG.5', '2021/22', 49.87, 9.60, 49.76, 11.06),
    ('NP.REG.8', '2021/22', 49.74, 9.64, 49.27, 10.55);
