"""What the hub's own package sees in a cache. Called by hub_python_test.

    use_hub_cache.py offline CACHE REPO FILE    prints the path it finds without a network
    use_hub_cache.py snapshot CACHE REPO        prints the snapshot's folder, without a network
    use_hub_cache.py download CACHE REPO FILE   downloads from $HF_ENDPOINT, prints the path
"""
import sys

from huggingface_hub import hf_hub_download, snapshot_download

action, cache, repo = sys.argv[1:4]
if action == "snapshot":
    print(snapshot_download(repo, repo_type="dataset", cache_dir=cache, local_files_only=True))
else:
    print(hf_hub_download(repo, sys.argv[4], repo_type="dataset", cache_dir=cache,
                          local_files_only=action == "offline"))
