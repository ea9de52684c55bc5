// Which files a repository's revision holds.
#pragma once

#include <stop_token>

#include "core/hub/hub_repo.h"

namespace loom {

// Asks the hub, page by page; the revision is pinned to its commit first.
Result<HubListing> list_hub_repo(const HubSettings& settings, const HubRepo& repo,
                                 std::stop_token stop = {});

}  // namespace loom
