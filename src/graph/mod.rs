//! Links between accounts: the co-retweet projection, avatar matches and the account graph.
