//! How much of everything is seen; measured before each draw.

/// How many rows of each pane are seen; measured before each draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Viewport {
    /// Rows of the list of accounts.
    pub accounts: usize,
    /// Rows of the neighbours.
    pub neighbours: usize,
    /// Rows of shared targets.
    pub why: usize,
    /// Rows of the tag log.
    pub tags: usize,
    /// Lines of the help.
    pub help: usize,
    /// Lines that the help has.
    pub help_lines: usize,
    /// Rows of the list of imports.
    pub imports: usize,
    /// Lines of the report.
    pub report: usize,
    /// Lines that the report has.
    pub report_lines: usize,
    /// Tiles of the wall beside each other.
    pub wall_columns: usize,
    /// Lines of the wall.
    pub wall_lines: usize,
    /// What is seen of the clusters.
    pub clusters: ClusterViewport,
    /// Rows of the audited accounts.
    pub audit: usize,
    /// What is seen of the graph around an account.
    pub ego: EgoViewport,
    /// Accounts of a path.
    pub path: usize,
    /// Rows of signals.
    pub signals: usize,
    /// Whether columns stand side by side.
    pub side_by_side: bool,
}

/// How much of the clusters is seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClusterViewport {
    /// Rows of the list of clusters.
    pub list: usize,
    /// Rows of members.
    pub members: usize,
    /// Lines of what they share.
    pub shared: usize,
    /// Lines that there are of what they share.
    pub shared_lines: usize,
    /// Columns of time.
    pub raster_columns: usize,
}

/// How large the graph around an account is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EgoViewport {
    /// Columns.
    pub columns: u16,
    /// Rows.
    pub rows: u16,
}

impl Default for EgoViewport {
    fn default() -> Self {
        Self { columns: 78, rows: 20 }
    }
}

impl Default for ClusterViewport {
    fn default() -> Self {
        Self { list: 10, members: 10, shared: 10, shared_lines: 0, raster_columns: 40 }
    }
}

impl Default for Viewport {
    fn default() -> Self {
        Self {
            accounts: 10,
            neighbours: 10,
            why: 10,
            tags: 10,
            help: 10,
            help_lines: 0,
            imports: 10,
            report: 10,
            report_lines: 0,
            wall_columns: 6,
            wall_lines: 14,
            clusters: ClusterViewport::default(),
            audit: 10,
            ego: EgoViewport::default(),
            path: 3,
            signals: 10,
            side_by_side: true,
        }
    }
}
