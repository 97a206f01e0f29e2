//! PDQ perceptual hash of pictures. [Meta, ThreatExchange PDQ, 2019]
